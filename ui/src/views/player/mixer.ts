/** Why a recording plays as recorded, without a volume for each lane. */
export type Unmixed = 'asleep' | 'refused';

type Parts = Pick<AudioContext, 'state' | 'resume' | 'destination' | 'createMediaElementSource' | 'createChannelSplitter' | 'createChannelMerger' | 'createGain'>;

/** An engine that does not let sound begin answers nothing at all. */
const WAKES_WITHIN_MS = 1500;

/**
 * Leads the sound of an element through a volume for each of two lanes. An element that was led away
 * is heard only as long as its context runs, so none is led away before that is sure.
 */
export class Mixer {
  #make: () => Parts;
  #context: Parts | null = null;
  #gains: GainNode[] = [];
  #led: { audio: HTMLMediaElement; source: AudioNode } | null = null;

  constructor(make: () => Parts = () => new AudioContext()) {
    this.#make = make;
  }

  leads(audio: HTMLMediaElement): boolean {
    return this.#led?.audio === audio;
  }

  /** `null` once the lanes of `audio` have these volumes. */
  async mix(audio: HTMLMediaElement, volumes: readonly [number, number]): Promise<Unmixed | null> {
    try {
      const context = (this.#context ??= this.#make());
      if (!(await awake(context))) return 'asleep';
      if (this.#gains.length === 0) this.#gains = volumes.map(() => context.createGain());
      this.#gains.forEach((gain, lane) => (gain.gain.value = volumes[lane] ?? 1));
      if (!this.leads(audio)) this.#lead(context, audio);
      return null;
    } catch {
      return 'refused';
    }
  }

  /** The element is gone. */
  release(): void {
    this.#led?.source.disconnect();
    this.#led = null;
  }

  #lead(context: Parts, audio: HTMLMediaElement): void {
    this.release();
    const splitter = context.createChannelSplitter(2);
    const merger = context.createChannelMerger(2);
    this.#gains.forEach((gain, lane) => {
      gain.disconnect();
      splitter.connect(gain, lane);
      gain.connect(merger, 0, lane);
    });
    merger.connect(context.destination);
    // From here on the element is heard through the context alone.
    const source = context.createMediaElementSource(audio);
    source.connect(splitter);
    this.#led = { audio, source };
  }
}

async function awake(context: Parts): Promise<boolean> {
  if (context.state !== 'running') {
    const woken = context.resume().catch(() => {});
    await Promise.race([woken, new Promise((late) => setTimeout(late, WAKES_WITHIN_MS))]);
  }
  return context.state === 'running';
}
