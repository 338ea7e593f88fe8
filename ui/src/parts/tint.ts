const still = () =>
  document.documentElement.dataset.still === 'true' || matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Tints a cell once when its value changes, never when it first appears. */
export function tint(node: HTMLElement, value: unknown) {
  let shown = JSON.stringify(value);
  return {
    update(next: unknown) {
      const now = JSON.stringify(next);
      if (now === shown) return;
      shown = now;
      if (still()) return;
      node.animate([{ backgroundColor: 'var(--tint)' }, { backgroundColor: 'transparent' }], 600);
    },
  };
}
