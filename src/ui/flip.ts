const DURATION_MS = 320;
const EASING = 'cubic-bezier(0.2, 0, 0, 1)';

/** A row that changes both column and line does not fly over the others: it fades in where it belongs, from this near. */
const ENTRANCE_PX = 20;

/** Where elements stand on the screen; read before and after they were moved. */
export function readPlaces(elements: readonly Element[]): Map<Element, DOMRect> {
  return new Map(elements.map((element) => [element, element.getBoundingClientRect()]));
}

/** Lets elements that were moved in the document glide from where they were (FLIP: first, last, invert, play). */
export function glideFrom(before: ReadonlyMap<Element, DOMRect>): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [element, after] of readPlaces([...before.keys()])) {
    const first = before.get(element);
    if (!first || !(isOnScreen(first) || isOnScreen(after))) continue;
    const x = first.left - after.left;
    const y = first.top - after.top;
    if (Math.abs(x) < 1 && Math.abs(y) < 1) continue;
    for (const running of element.getAnimations()) running.cancel();
    element.animate(keyframes(x, y, first.width === after.width), { duration: DURATION_MS, easing: EASING });
  }
}

function keyframes(x: number, y: number, sameSize: boolean): Keyframe[] {
  const alongAnAxis = Math.abs(x) < 1 || Math.abs(y) < 1;
  if (sameSize && alongAnAxis) return [{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }];
  const scale = Math.min(1, ENTRANCE_PX / Math.hypot(x, y));
  return [
    { transform: `translate(${x * scale}px, ${y * scale}px)`, opacity: 0.3 },
    { transform: 'none', opacity: 1 },
  ];
}

function isOnScreen(place: DOMRect): boolean {
  return place.bottom > 0 && place.top < innerHeight;
}
