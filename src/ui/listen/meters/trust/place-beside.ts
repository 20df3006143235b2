/** Gap between an element and its popover. */
const GAP_PX = 6;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Position of a popover that covers none of the element it explains: below, above, or beside it; without room, below as
 * far as the window allows. All in CSS pixels of the window.
 */
export function placeBeside(thing: DOMRect, popover: Size, page: Size): { left: number; top: number } {
  const aligned = Math.max(GAP_PX, Math.min(thing.left, page.width - popover.width - GAP_PX));
  const lowest = Math.max(0, page.height - popover.height);
  const level = Math.min(Math.max(0, thing.top), lowest);
  if (thing.bottom + GAP_PX + popover.height <= page.height) return { left: aligned, top: thing.bottom + GAP_PX };
  if (thing.top - GAP_PX - popover.height >= 0) return { left: aligned, top: thing.top - GAP_PX - popover.height };
  if (thing.right + GAP_PX + popover.width <= page.width) return { left: thing.right + GAP_PX, top: level };
  if (thing.left - GAP_PX - popover.width >= 0) return { left: thing.left - GAP_PX - popover.width, top: level };
  return { left: aligned, top: Math.min(thing.bottom + GAP_PX, lowest) };
}
