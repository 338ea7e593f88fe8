import type { NumberOf, VerbDto } from '../../bindings/types';
import { activeList } from '../../parts/active.svelte';
import { activeFind } from '../../parts/find.svelte';
import { app } from '../../store/live.svelte';
import { HOME } from '../../store/route';
import { router } from '../../store/router.svelte';
import { personHere } from '../person/place';
import { openedRaw, rawHere, rawParam } from '../raw/opened';
import { share } from './share';

/** What an action is asked for; its dialog is open while this stands. */
export interface ActTarget {
  verb: VerbDto;
  /** The row id of what it is aimed at. */
  target: string;
  numberOf: NumberOf | null;
}

/** One of several that are acted on, with the name that it had at the click. */
export interface BulkTarget extends ActTarget {
  label: string;
}

class Panels {
  /** Several at once, captured when the dialog was opened; `sent` is told when something was. */
  bulk = $state.raw<{ targets: BulkTarget[]; sent: () => void } | null>(null);
  act = $state.raw<ActTarget | null>(null);
  palette = $state(false);
  help = $state(false);
  /** What is looked for by id; the dialog is open while this stands. */
  find = $state<string | null>(null);

  get any(): boolean {
    const own = this.act !== null || this.bulk !== null || this.palette || this.help || this.find !== null;
    return own || openedRaw(router.route) !== null;
  }
}

export const panels = new Panels();

/** Keys that move among tabs or choose one. */
const TAB_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter', ' ']);

/** Where typing, or keys of its own, come first. */
function ownKeys({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  // A screen's own dialog has the keys for itself.
  if (target.closest('.dialog, input, textarea, select, [contenteditable], [data-own-keys], .popover')) return true;
  return TAB_KEYS.has(key) && target.closest('[role="tablist"]') !== null;
}

const isTyped = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]') !== null;

const onControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, a, summary') !== null;

const MOVES: Record<string, () => void> = {
  j: () => activeList()?.move(1),
  k: () => activeList()?.move(-1),
  ArrowDown: () => activeList()?.move(1),
  ArrowUp: () => activeList()?.move(-1),
  PageDown: () => activeList()?.page(1),
  PageUp: () => activeList()?.page(-1),
  '/': filterList,
  x: () => activeList()?.pick?.(),
  r: showRaw,
  p: showPerson,
  '?': () => (panels.help = true),
  Escape: back,
};
const IN_LIST = new Set(['j', 'k', 'x', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp']);
const SCREEN_KEYS = ['watch', 'alerts', 'conversations', 'calls', 'tasks', 'journal', 'settings'] as const;

export function keydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    if (!panels.any || panels.palette) panels.palette = !panels.palette;
    return;
  }
  // Also in the player and in a dialog: who shares the screen is in a hurry.
  if (event.key === 'S' && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyped(event)) {
    event.preventDefault();
    void share();
    return;
  }
  if (panels.any || findKeys(event)) return;
  if (event.altKey && /^Digit[1-7]$/.test(event.code)) {
    event.preventDefault();
    const screen = SCREEN_KEYS[Number(event.code.at(-1)) - 1];
    if (screen) router.go({ screen });
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || ownKeys(event)) return;
  if (event.key === ' ' && event.shiftKey) {
    event.preventDefault();
    app.store.freeze(!app.frozen);
    return;
  }
  if (event.key === ' ') {
    if (onControl(event.target) || !activeList()?.play?.()) return;
    event.preventDefault();
    return;
  }
  if (event.key === 'Enter') {
    if (onControl(event.target)) return;
    event.preventDefault();
    activeList()?.open();
    return;
  }
  const act = MOVES[event.key];
  // Without a list the keys scroll what is read.
  if (!act || (IN_LIST.has(event.key) && !activeList())) return;
  event.preventDefault();
  act();
}

/** Keys that find in the transcript that is open; whether it was one of them. */
function findKeys(event: KeyboardEvent): boolean {
  const find = activeFind();
  const { key, target } = event;
  const typing = target instanceof Element && target.closest('.dialog, input, textarea, select, [contenteditable]') !== null;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === 'f') {
    if (find) find.ask();
    else findAnywhere();
  } else if (event.ctrlKey || event.metaKey || event.altKey || !find) return false;
  else if (key === 'F3' && find.open) find.move(event.shiftKey ? -1 : 1);
  else if (key === 'F3' || (key === '/' && !typing)) find.ask();
  else if (key === 'Escape' && find.open && !typing) find.close();
  else return false;
  event.preventDefault();
  return true;
}

/** The search of all transcripts where it is on screen, else the filter of the list. */
function findAnywhere(): void {
  const search = document.querySelector<HTMLInputElement>('[data-find]');
  if (search?.offsetParent) search.focus();
  else filterList();
}

/** The list that has the keys is the one opened last. */
function filterList(): void {
  const shown = [...document.querySelectorAll<HTMLInputElement>('[data-filter]')].filter((input) => input.offsetParent !== null);
  shown.at(-1)?.focus();
}

/** The JSON of what is open. */
export function showRaw(): void {
  const raw = rawHere(router.route);
  if (raw) router.step({ raw: rawParam(raw) });
}

/** Everything of whom the opened or chosen record is about. */
function showPerson(): void {
  const person = personHere(router.route);
  if (person) router.go(person);
}

/** Closes the detail pane, else goes up from a workflow. */
function back(): void {
  const { route } = router;
  if (route.params.open) {
    router.back({ ...route, params: { ...route.params, open: '' } });
  } else if (route.screen !== 'watch') {
    router.back(HOME);
  }
}
