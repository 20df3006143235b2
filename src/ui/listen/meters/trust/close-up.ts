import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadAllTexts } from '../../../messages/messages';
import type { MeterRow } from '../meter-row';
import type { EarmarkTrust } from './earmark-trust';

/** A pointer that only crosses a meter leaves it sooner than this. */
const LOOK_WAIT_MS = 300;

/** A popover closes when the pointer has not moved for this long. */
const LOOK_REST_MS = 8000;

/** Time to move the pointer from a meter into its popover. */
const LOOK_LEAVE_MS = 250;

/**
 * The meter under closer inspection, by pointer, finger or keys: opens the popover that explains it. Meanwhile no meter
 * should change places.
 */
export class CloseUp implements ReactiveController {
  /** The meter's row; undefined if there is none. */
  row: MeterRow | undefined;
  /** Its popover is open. The popover's code is fetched when first needed. */
  private isOpen = false;
  private closeTimer: ReturnType<typeof setTimeout> | undefined;
  private waitTimer: ReturnType<typeof setTimeout> | undefined;
  private leaving = false;
  private pointer: { readonly x: number; readonly y: number } | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly popover: () => EarmarkTrust,
    /** Called when the inspection ends. */
    private readonly onEnd: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.end();
  }

  /** Keeps the popover's number in step with the meter's. */
  follow(): void {
    if (this.row && this.isOpen) this.popover().probability = this.row.meter.shownLevel;
  }

  /** The pointer moved onto a row, or elsewhere. */
  pointerMoved(row: MeterRow | undefined, event: PointerEvent): void {
    if (event.pointerType === 'touch' || !this.hasMoved(event)) return;
    clearTimeout(this.waitTimer);
    if (row && row !== this.row) this.waitTimer = setTimeout(() => void this.rest(row), LOOK_WAIT_MS);
    if (row || event.composedPath().includes(this.popover())) this.endSoon(LOOK_REST_MS);
    else this.leave();
  }

  pointerLeft(event: PointerEvent): void {
    clearTimeout(this.waitTimer);
    this.pointer = undefined;
    if (event.pointerType !== 'touch') this.leave();
  }

  /** A finger cannot hover over a meter: a tap opens the popover, and another one closes it. */
  tapped(row: MeterRow | undefined, event: PointerEvent): void {
    if (event.pointerType !== 'touch') return;
    if (row && row !== this.row) void this.rest(row);
    else if (event.composedPath().includes(this.popover())) this.endSoon(LOOK_REST_MS);
    else this.end();
  }

  /** A row got keyboard focus. It is inspected until it loses focus. */
  focused(row: MeterRow): void {
    if (row.meter.matches(':focus-visible')) void this.look(row);
  }

  /** The focus leaves a row or the popover. Between the two, the inspection goes on. */
  focusLeft({ relatedTarget }: FocusEvent): void {
    const stays = relatedTarget !== null && [this.popover(), this.row?.meter].includes(relatedTarget as EarmarkTrust);
    if (!stays) this.end();
  }

  /** Moves the focus from the row into its popover. @returns false where nothing can be pressed in it. */
  enter(): boolean {
    const isFocused = this.row?.meter.matches(':focus') ?? false;
    return isFocused && this.isOpen && this.popover().enter();
  }

  /** Moves the focus from the popover back to its row. @returns whether it was in the popover. */
  leavePopover(): boolean {
    if (!this.row || !this.popover().hasFocus) return false;
    this.row.meter.focus();
    return true;
  }

  /** Ends the inspection at once. */
  end(): void {
    clearTimeout(this.closeTimer);
    clearTimeout(this.waitTimer);
    this.leaving = false;
    if (this.row) this.row.meter.description = '';
    this.row = undefined;
    if (this.isOpen) this.popover().hide();
    this.isOpen = false;
    this.onEnd();
  }

  private rest(row: MeterRow): Promise<void> {
    const looked = this.look(row);
    this.endSoon(LOOK_REST_MS);
    return looked;
  }

  /** Shows the measured reliability of a meter's label. */
  private async look(row: MeterRow): Promise<void> {
    clearTimeout(this.closeTimer);
    clearTimeout(this.waitTimer);
    if (row === this.row) return;
    if (this.row) this.row.meter.description = '';
    this.row = row;
    await Promise.all([loadAllTexts(), import('./earmark-trust')]);
    const popover = this.popover();
    await popover.updateComplete;
    if (this.row !== row) return;
    this.isOpen = true;
    popover.showFor(row.meter, row.label);
    row.meter.description = popover.sentence(row.probability);
  }

  /** Allows this much time to move from a meter to its popover, however the pointer moves. */
  private leave(): void {
    if (this.leaving) return;
    this.endSoon(LOOK_LEAVE_MS);
    this.leaving = true;
  }

  private endSoon(afterMs: number): void {
    clearTimeout(this.closeTimer);
    this.leaving = false;
    if (this.row && !this.row.meter.matches(':focus-visible') && !this.popover().hasFocus) {
      this.closeTimer = setTimeout(() => this.end(), afterMs);
    }
  }

  /** Browsers also report a move when something moves under a resting pointer. */
  private hasMoved({ clientX: x, clientY: y }: PointerEvent): boolean {
    const moved = x !== this.pointer?.x || y !== this.pointer?.y;
    this.pointer = { x, y };
    return moved;
  }
}
