const MOMENT_EVENT = 'moment';

/** A person points at a moment of the past, on the audio clock. */
export class MomentEvent extends Event {
  constructor(
    readonly seconds: number,
    /** Clicked, rather than passed while dragging. */
    readonly clicked: boolean,
  ) {
    super(MOMENT_EVENT);
  }
}

/** A pointer that moves further than this between press and release is dragging. */
const CLICK_PX = 4;

/**
 * Lets a person point at moments by pressing and dragging on a part of an element, which then fires {@link
 * MomentEvent}s.
 *
 * @param momentAt the moment at a share of the part's width, from its left edge; undefined if there is none.
 */
export function pointAtMoments(
  element: HTMLElement,
  part: HTMLElement,
  momentAt: (share: number) => number | undefined,
): void {
  let pressedX: number | undefined;
  let dragged = false;
  const tell = ({ clientX }: PointerEvent, clicked: boolean): void => {
    const { left, width } = part.getBoundingClientRect();
    const seconds = momentAt(Math.max(0, Math.min(1, (clientX - left) / width)));
    if (seconds !== undefined) element.dispatchEvent(new MomentEvent(seconds, clicked));
  };
  part.addEventListener('pointerdown', (event) => {
    // A press on a button in this part belongs to the button.
    const onButton = event.composedPath().some((target) => target instanceof HTMLButtonElement);
    if (event.button !== 0 || onButton) return;
    pressedX = event.clientX;
    dragged = false;
    part.setPointerCapture(event.pointerId);
  });
  part.addEventListener('pointermove', (event) => {
    if (pressedX === undefined) return;
    dragged ||= Math.abs(event.clientX - pressedX) > CLICK_PX;
    if (dragged) tell(event, false);
  });
  part.addEventListener('pointerup', (event) => {
    if (pressedX !== undefined) tell(event, !dragged);
    pressedX = undefined;
  });
  part.addEventListener('pointercancel', () => {
    pressedX = undefined;
  });
}
