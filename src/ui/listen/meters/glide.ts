const DURATION_MS = 320;
const EASING = 'cubic-bezier(0.2, 0, 0, 1)';

/** A row that changes columns does not fly across the others. It fades in from this distance. */
const ENTRANCE_PX = 20;

/**
 * Animates elements to their new positions after they are moved in the document (FLIP: first, last, invert, play).
 *
 * All positions are read before anything is written, so that a move costs one layout.
 */
export class Glide {
  /** Kept here, because asking the elements for their animations makes the browser compute styles each time. */
  private readonly running = new Map<Element, Animation>();

  /** Calls `move`, which moves `elements` in the document, and animates them from where they were. */
  play(elements: readonly Element[], move: () => void): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      move();
      return;
    }
    const before = elements.map((element) => element.getBoundingClientRect());
    for (const animation of this.running.values()) animation.cancel();
    this.running.clear();
    move();
    const after = elements.map((element) => element.getBoundingClientRect());
    elements.forEach((element, index) => {
      const keyframes = keyframesBetween(before[index], after[index]);
      if (!keyframes) return;
      const animation = element.animate(keyframes, { duration: DURATION_MS, easing: EASING });
      animation.onfinish = () => this.running.delete(element);
      this.running.set(element, animation);
    });
  }
}

/** Undefined if nothing moves, or the movement could not be seen. */
function keyframesBetween(first: DOMRect | undefined, last: DOMRect | undefined): Keyframe[] | undefined {
  if (!first || !last || !(isOnScreen(first) || isOnScreen(last))) return undefined;
  const x = first.left - last.left;
  const y = first.top - last.top;
  if (Math.abs(x) < 1 && Math.abs(y) < 1) return undefined;
  const sameColumn = Math.abs(x) < 1 && Math.abs(first.width - last.width) < 1;
  if (sameColumn) return [{ transform: `translateY(${y}px)` }, { transform: 'none' }];
  const scale = Math.min(1, ENTRANCE_PX / Math.hypot(x, y));
  return [
    { transform: `translate(${x * scale}px, ${y * scale}px)`, opacity: 0.3 },
    { transform: 'none', opacity: 1 },
  ];
}

function isOnScreen(place: DOMRect): boolean {
  return place.bottom > 0 && place.top < innerHeight;
}
