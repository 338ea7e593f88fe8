import type { CallRow, ErrorCode, Peaks, UiError } from '../../bindings/types';
import { announce } from '../../parts/announce.svelte';
import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { once } from '../../store/once';
import { LOUDEST, SPEEDS, type Lane, type Listening } from '../../store/preferences';
import { router } from '../../store/router.svelte';
import { t, text, type TextKey } from '../../text';
import { draggedEnd, isWhole, jumpAt, NO_LOOP, withEnd, type LoopEnd } from './course';
import { playerFocus } from './focus';
import { Mixer, type Unmixed } from './mixer';
import { notes } from './notes.svelte';
import { findNext, type Origin } from './queue';

/** Why a recording is not heard. `refused_here`: the core can read it, this window's own player cannot. */
export type Unplayable = Omit<UiError, 'code'> & { code: ErrorCode | 'refused_here' };

const MOST_LOADS = 10;
const NOTE_STAYS_MS = 6000;
const END_MS = 50;

/** The one recording of the page. It outlives the screen that it was opened from. */
class Player {
  call = $state.raw<CallRow | null>(null);
  /** The number as it is shown now. */
  callee = $state<string | null>(null);
  peaks = $state.raw<Peaks | null>(null);
  /** A Blob URL: WebKitGTK plays no custom scheme. */
  url = $state<string | null>(null);
  error = $state.raw<Unplayable | null>(null);
  /** Position in ms. */
  at = $state(0);
  playing = $state(false);
  loop = $state.raw(NO_LOOP);
  /** What was left out of each silence of this recording, in ms. */
  skipped = $state.raw<Readonly<Record<number, number>>>({});
  muted = $state.raw<Readonly<Record<Lane, boolean>>>({ left: false, right: false, mono: false });
  unmixed = $state.raw<Unmixed | null>(null);
  /** The list that *next* and *previous* go through. */
  origin = $state.raw<Origin | null>(null);
  finding = $state(false);
  /** Something was asked for that is not to be had; it goes away by itself. */
  note = $state.raw<string | null>(null);
  audio = $state.raw<HTMLAudioElement | null>(null);
  /** Counts the elements of one recording: another one is needed where this one is heard no more. */
  element = $state(0);
  readonly listening = $derived(text.preferences.listening);
  #mixer = new Mixer();
  #loads = 0;
  #from = 0;
  #noteEnds: ReturnType<typeof setTimeout> | undefined;

  async open(call: CallRow, origin: Origin | null, at = 0): Promise<void> {
    this.#leave();
    this.call = call;
    this.callee = call.callee;
    this.origin = origin;
    this.at = this.#from = at;
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

  /** Plays this call, or pauses it where it is the one that plays. */
  async press(call: CallRow, origin: Origin | null): Promise<void> {
    if (this.call?.id === call.id && this.url && !this.error) this.toggle();
    else await this.open(call, origin);
  }

  retry(): void {
    if (this.call) void this.open(this.call, this.origin);
  }

  close(): void {
    playerFocus.leave();
    this.#leave();
    this.call = this.origin = null;
  }

  #leave(): void {
    this.audio?.pause();
    this.#mixer.release();
    if (this.url) URL.revokeObjectURL(this.url);
    this.call = this.peaks = this.url = this.error = this.note = this.unmixed = null;
    this.at = this.#from = this.#loads = 0;
    this.loop = NO_LOOP;
    this.skipped = {};
    this.playing = false;
  }

  /** The element knows its recording: it is given what was chosen, and begins where it was. */
  ready(audio: HTMLAudioElement): void {
    audio.preservesPitch = true;
    audio.defaultPlaybackRate = audio.playbackRate = this.listening.speed;
    if (this.at > 0) audio.currentTime = this.at / 1000;
    void this.#sound();
    this.#play();
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
    if (this.url) this.error = { code: 'refused_here', message, ref: null };
    this.playing = false;
  }

  /** Looks where the playback is. Called every frame while it is on screen, and by the element's own clock else. */
  follow(): void {
    const { audio } = this;
    if (!audio || audio.seeking) return;
    this.at = audio.currentTime * 1000;
    const skip = this.listening.skipSilence ? (this.peaks?.silences ?? []) : [];
    const jump = audio.paused ? null : jumpAt(this.#from, this.at, this.loop, skip);
    this.#from = this.at;
    if (!jump) return;
    if (jump.skipped) {
      const { silence, ms } = jump.skipped;
      this.skipped = { ...this.skipped, [silence]: Math.max(ms, this.skipped[silence] ?? 0) };
    }
    this.seek(jump.to);
  }

  ended(): void {
    // What was drawn may end some ms after what is played.
    if (isWhole(this.loop) && this.#from <= this.loop.b + END_MS) {
      this.seek(this.loop.a);
      this.#play();
      return;
    }
    this.playing = false;
    if (this.listening.autoAdvance && this.origin) void this.next(1);
  }

  get duration(): number {
    return this.peaks?.duration_ms ?? 0;
  }

  /** Begins a note where the playback is. */
  jot(): void {
    void notes.begin(this.at);
  }

  toggle(): void {
    if (this.playing) this.audio?.pause();
    else {
      this.#play();
      void this.#sound();
    }
  }

  /** A start that fails leaves the button at *play*; what the element itself cannot play, it tells by an event. */
  #play(): void {
    const { audio } = this;
    void audio?.play().catch((thrown: unknown) => {
      if (this.audio === audio && thrown instanceof DOMException && thrown.name === 'NotAllowedError') this.say('player.pressPlay');
    });
  }

  seek(ms: number): void {
    const to = Math.max(0, Math.min(this.duration, ms));
    if (this.audio) this.audio.currentTime = to / 1000;
    this.at = this.#from = to;
  }

  prefer(changes: Partial<Listening>): void {
    text.set({ listening: { ...this.listening, ...changes } });
    if (this.audio) this.audio.defaultPlaybackRate = this.audio.playbackRate = this.listening.speed;
  }

  faster(by: 1 | -1): void {
    const speed = SPEEDS[SPEEDS.indexOf(this.listening.speed) + by];
    if (speed !== undefined) this.prefer({ speed });
  }

  setEnd(end: LoopEnd): void {
    const loop = withEnd(this.loop, end, this.at);
    if (!loop) return this.say('player.loopTooShort');
    this.loop = loop;
    // At its end already: the repeat begins.
    if (end === 'b' && isWhole(loop)) this.seek(loop.a);
  }

  dragEnd(end: LoopEnd, to: number): void {
    this.loop = draggedEnd(this.loop, end, to, this.duration);
  }

  clearLoop(): boolean {
    const had = this.loop !== NO_LOOP;
    this.loop = NO_LOOP;
    return had;
  }

  setVolume(lane: Lane, volume: number): void {
    const kept = Math.max(0, Math.min(LOUDEST[lane], volume));
    this.muted = { ...this.muted, [lane]: false };
    this.prefer({ volumes: { ...this.listening.volumes, [lane]: kept } });
    void this.#sound();
  }

  mute(lane: Lane): void {
    this.muted = { ...this.muted, [lane]: !this.muted[lane] };
    void this.#sound();
  }

  /** Lanes that nobody changed need no way of their own: the element plays them as recorded. */
  async #sound(): Promise<void> {
    const { audio, peaks } = this;
    if (!audio || !peaks) return;
    const of = (lane: Lane) => (this.muted[lane] ? 0 : this.listening.volumes[lane]);
    if (peaks.lanes.length < 2) {
      audio.volume = of('mono');
      return;
    }
    const led = this.#mixer.leads(audio);
    if (!led && of('left') === 1 && of('right') === 1) return;
    const unmixed = await this.#mixer.mix(audio, [of('left'), of('right')]);
    if (this.audio !== audio) return;
    this.unmixed = unmixed;
    // Its sound went a way that is closed now: an element of its own is heard again.
    if (unmixed && led) {
      this.#mixer.release();
      this.element += 1;
    }
  }

  /** To the next recording of the list, or the one before. An open detail of this call goes along. */
  async next(by: 1 | -1): Promise<void> {
    const { call, origin } = this;
    if (this.finding || !call) return;
    if (!origin) return this.say('player.noList');
    this.finding = true;
    try {
      const found = await findNext((anchor, count) => once({ ...origin.query, anchor, count }), origin, call.id, by);
      if (this.call !== call) return;
      if (typeof found === 'string') {
        this.say(found === 'end' ? (by > 0 ? 'player.lastOne' : 'player.firstOne') : found === 'far' ? 'player.noneNear' : 'player.notInList');
        return;
      }
      this.#goAlong(call, found.call, origin);
      void this.open(found.call, { ...origin, index: found.index });
    } catch {
      if (this.call === call) this.say('player.listFailed');
    } finally {
      this.finding = false;
    }
  }

  #goAlong(from: CallRow, to: CallRow, { chosen }: Origin): void {
    const { params } = router.route;
    const changes: Record<string, string> = {};
    if (params.open === `call/${from.id}`) changes.open = `call/${to.id}`;
    const next = chosen(to);
    for (const [param, was] of Object.entries(chosen(from))) {
      const now = next[param];
      if (params[param] === was && now !== undefined) changes[param] = now;
    }
    if (Object.keys(changes).length > 0) router.set(changes);
  }

  say(key: TextKey, values: Record<string, string> = {}): void {
    const note = t(key, values);
    this.note = note;
    announce(note);
    clearTimeout(this.#noteEnds);
    this.#noteEnds = setTimeout(() => (this.note = null), NOTE_STAYS_MS);
  }
}

export const player = new Player();
