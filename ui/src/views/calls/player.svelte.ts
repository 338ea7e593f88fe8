import type { CallRow, Peaks, UiError } from '../../bindings/types';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3] as const;

const MOST_LOADS = 10;

/** The one recording of the page. It outlives the screen that it was opened from. */
class Player {
  call = $state.raw<CallRow | null>(null);
  peaks = $state.raw<Peaks | null>(null);
  /** A Blob URL: WebKitGTK plays no custom scheme. */
  url = $state<string | null>(null);
  error = $state.raw<UiError | null>(null);
  /** Position in ms. */
  at = $state(0);
  playing = $state(false);
  speed = $state(1);
  audio: HTMLAudioElement | null = null;
  #loads = 0;

  async open(call: CallRow): Promise<void> {
    this.close();
    this.call = call;
    try {
      const { host } = app.store;
      const [peaks, bytes] = await Promise.all([host.peaks(call.id), host.recording(call.id)]);
      if (this.call !== call) return;
      this.peaks = peaks;
      this.url = URL.createObjectURL(new Blob([bytes], { type: peaks.mime }));
    } catch (thrown) {
      if (this.call === call) this.error = asUiError(thrown);
    }
  }

  close(): void {
    this.audio?.pause();
    if (this.url) URL.revokeObjectURL(this.url);
    this.call = this.peaks = this.url = this.error = null;
    this.at = 0;
    this.playing = false;
    this.#loads = 0;
  }

  /**
   * The element refused what came. WebKitGTK refuses a good recording now and then and takes it when it
   * is loaded again, so only a refusal that stays is told: the core has decoded the same bytes already.
   */
  broken(message: string): void {
    if (this.url && this.audio && this.#loads < MOST_LOADS) {
      this.#loads += 1;
      this.audio.load();
      return;
    }
    if (this.url) this.error = { code: 'not_audio', message, ref: null };
  }

  get duration(): number {
    return this.peaks?.duration_ms ?? 0;
  }

  toggle(): void {
    if (this.playing) this.audio?.pause();
    // A refusal to start leaves the button at *play*: the next press asks again.
    else void this.audio?.play().catch(() => {});
  }

  seek(ms: number): void {
    const to = Math.max(0, Math.min(this.duration, ms));
    if (this.audio) this.audio.currentTime = to / 1000;
    this.at = to;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.audio) this.audio.playbackRate = speed;
  }

  faster(by: 1 | -1): void {
    const next = SPEEDS[SPEEDS.findIndex((speed) => speed === this.speed) + by];
    if (next !== undefined) this.setSpeed(next);
  }
}

export const player = new Player();
