import { takeKeys } from '../../parts/active.svelte';

/** The keys of the whole window move the focus among the buttons marked `data-row` within `root`. */
export function rowKeys(root: () => HTMLElement | null): void {
  const rows = () => [...(root()?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  function move(by: number) {
    const all = rows();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }
  $effect(() =>
    takeKeys({
      move,
      page: (by) => move(by * 12),
      // The button that has the focus opens its row by itself.
      open: () => {},
    }),
  );
}
