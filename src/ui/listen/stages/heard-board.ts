import type { MeterLabel } from '../meters/meter-labels';
import { reorder } from '../meters/meter-order';

/** A sound stays on the board for this long. */
export const REMEMBERED_MS = 5 * 60_000;

/** An order that changes more often is unreadable. */
const REORDER_INTERVAL_MS = 500;

/** For labels without measurements. */
const USUAL_THRESHOLD = 0.5;

/** A label that sounds now, or sounded recently. */
export interface BoardRow {
  readonly name: string;
  /** For a label that sounds now. */
  readonly probability?: number;
  /** For one that has stopped: how long ago, in milliseconds. */
  readonly agoMs?: number;
}

/** Tracks what a board shows across the room: what sounds now, strongest first, then what sounded last. */
export class HeardBoard {
  #labels: readonly MeterLabel[] = [];
  #strengths: readonly number[] = [];
  #order: readonly number[] = [];
  #orderedMs = Number.NEGATIVE_INFINITY;
  /** When each label was last above its threshold, by id. */
  readonly #heardMs = new Map<string, number>();

  /** Takes the newest probabilities, one per label; empty while not listening. */
  take(labels: readonly MeterLabel[], probabilities: ArrayLike<number>, nowMs: number): void {
    this.#labels = labels;
    this.#strengths = labels.map(({ threshold = USUAL_THRESHOLD }, index) => {
      const probability = probabilities[index] ?? 0;
      return probability >= threshold ? probability : 0;
    });
    if (this.#order.length !== labels.length) this.#order = labels.map((_, index) => index);
    if (nowMs - this.#orderedMs >= REORDER_INTERVAL_MS) {
      this.#order = reorder(this.#order, this.#strengths);
      this.#orderedMs = nowMs;
    }
    labels.forEach(({ id }, index) => {
      if (this.#strengths[index]) this.#heardMs.set(id, nowMs);
    });
  }

  /** At most `count` rows; none if it was quiet for minutes. */
  rows(count: number, nowMs: number): BoardRow[] {
    const inOrder = this.#order.map((index) => ({
      label: this.#labels[index] as MeterLabel,
      probability: this.#strengths[index] as number,
    }));
    const sounding = inOrder
      .filter(({ probability }) => probability > 0)
      .map(({ label, probability }) => ({ name: label.name, probability }));
    const heard = inOrder
      .filter(({ probability }) => probability === 0)
      .map(({ label }) => ({
        name: label.name,
        agoMs: nowMs - (this.#heardMs.get(label.id) ?? Number.NEGATIVE_INFINITY),
      }))
      .filter(({ agoMs }) => agoMs <= REMEMBERED_MS)
      .sort((a, b) => a.agoMs - b.agoMs);
    return [...sounding, ...heard].slice(0, count);
  }
}
