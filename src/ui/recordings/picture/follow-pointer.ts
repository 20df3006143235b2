/** Calls `move` for a press, and for all movements until it is released, wherever the pointer goes. */
export function followPointer(element: HTMLElement, press: PointerEvent, move: (event: PointerEvent) => void): void {
  const ending = new AbortController();
  const { signal } = ending;
  element.setPointerCapture(press.pointerId);
  element.addEventListener('pointermove', move, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    element.addEventListener(end, () => ending.abort(), { signal });
  }
  move(press);
}
