import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from '@tanstack/virtual-core';

interface Options {
  count: () => number;
  scroller: () => HTMLElement | null;
  /** Height of a row, or a guess of it where rows are measured. */
  size: number;
  key?: (index: number) => string | number;
  /** Space above the first row inside the scroller. */
  above?: number;
}

/** The rows that are on screen, of a list of any length. Call while a component is set up. */
export function virtualList({ count, scroller, size, key, above = 0 }: Options) {
  let items = $state.raw<VirtualItem[]>([]);
  let height = $state(0);
  const read = () => {
    items = virtualizer.getVirtualItems();
    height = virtualizer.getTotalSize();
  };
  const settings = () => ({
    count: count(),
    getScrollElement: scroller,
    estimateSize: () => size,
    getItemKey: key ?? ((index: number) => index),
    overscan: 6,
    scrollPaddingStart: above,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: read,
  });
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(settings());
  $effect(() => virtualizer._didMount());
  $effect(() => {
    scroller();
    virtualizer.setOptions(settings());
    virtualizer._willUpdate();
    read();
  });
  return {
    get items() {
      return items;
    },
    get height() {
      return height;
    },
    show: (index: number, align: 'auto' | 'start' | 'center' | 'end' = 'auto') =>
      virtualizer.scrollToIndex(index, { align }),
    /** For rows of their own height. */
    measure: (node: HTMLElement) => virtualizer.measureElement(node),
  };
}
