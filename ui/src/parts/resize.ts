/** Drags the right edge of a column's head; told with the width in CSS pixels. */
export function resize(node: HTMLElement, onsize: (width: number) => void) {
  let tell = onsize;
  function down(event: PointerEvent) {
    const head = node.parentElement;
    if (!head || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const [from, width] = [event.clientX, head.getBoundingClientRect().width];
    node.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => tell(width + moved.clientX - from);
    const end = () => {
      node.removeEventListener('pointermove', move);
      node.removeEventListener('pointerup', end);
      node.removeEventListener('pointercancel', end);
    };
    node.addEventListener('pointermove', move);
    node.addEventListener('pointerup', end);
    node.addEventListener('pointercancel', end);
  }
  node.addEventListener('pointerdown', down);
  return {
    update: (next: (width: number) => void) => void (tell = next),
    destroy: () => node.removeEventListener('pointerdown', down),
  };
}
