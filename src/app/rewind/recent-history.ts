import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { REMEMBERED_SECONDS } from '../../shared/contracts/recent-past';
import type { Tags } from '../../shared/contracts/tagger-api';
import { silenceValue } from '../../shared/lib/math/silence-value';

/** One remembered result. */
export interface PastTag {
  /** Audio clock of the window's newest sample. */
  readonly windowEndSeconds: number;
  /** Columns that had arrived by then since listening began. */
  readonly columnCount: number;
  readonly head: string;
  readonly probabilities: Float32Array;
  readonly compared?: Float32Array;
}

/**
 * What was drawn and reported in the last two minutes of listening: columns in a ring buffer, and the results.
 *
 * Its memory does not grow: 64 columns of 120 bands and 8 results per second take 4 MB.
 */
export class RecentHistory {
  readonly columnsPerSecond: number;
  /** Columns that have arrived since listening began. */
  columnCount = 0;

  readonly #melBands: number;
  readonly #ringColumns: number;
  /** Column n is at index n modulo the number of columns in the ring. */
  readonly #ring: Float32Array;
  #tags: PastTag[] = [];

  constructor(private readonly spec: FeatureSpec) {
    this.columnsPerSecond = spec.sampleRateHz / spec.hopSamples;
    this.#melBands = spec.melBands;
    this.#ringColumns = Math.ceil(REMEMBERED_SECONDS * this.columnsPerSecond);
    this.#ring = new Float32Array(this.#ringColumns * spec.melBands);
  }

  /** Takes the next result. */
  push({ columns, windowEndSeconds, head, probabilities, compared }: Tags): void {
    const bands = this.#melBands;
    const count = columns.length / bands;
    for (let i = 0; i < count; i++) {
      const place = (this.columnCount + i) % this.#ringColumns;
      this.#ring.set(columns.subarray(i * bands, (i + 1) * bands), place * bands);
    }
    this.columnCount += count;
    const { columnCount } = this;
    this.#tags.push({
      windowEndSeconds,
      columnCount,
      head,
      probabilities,
      ...(compared && { compared: compared.probabilities }),
    });
    while (this.oldestSeconds < windowEndSeconds - REMEMBERED_SECONDS) this.#tags.shift();
  }

  /** Audio clock at the end of the newest result; 0 before the first one. */
  get newestSeconds(): number {
    return this.#tags.at(-1)?.windowEndSeconds ?? 0;
  }

  /** Audio clock at the end of the oldest remembered result; 0 before the first one. */
  get oldestSeconds(): number {
    return this.#tags[0]?.windowEndSeconds ?? 0;
  }

  /** The newest result whose window had ended by then, or the first result. */
  tagAt(seconds: number): PastTag | undefined {
    return this.#tags[Math.max(0, this.#tagsUntil(seconds) - 1)];
  }

  /** How many columns had arrived by a moment. May be fractional between two results and after the newest one. */
  columnsAt(seconds: number): number {
    const tag = this.tagAt(seconds);
    return tag === undefined ? 0 : tag.columnCount + (seconds - tag.windowEndSeconds) * this.columnsPerSecond;
  }

  /**
   * The columns from `first` up to but not including `end`, [columns, melBands], counted since listening began. Columns
   * that are forgotten or have not arrived yet are digital silence.
   */
  columns(first: number, end: number): Float32Array {
    const bands = this.#melBands;
    const result = new Float32Array(Math.max(0, end - first) * bands);
    const from = Math.max(first, this.columnCount - this.#ringColumns, 0);
    const to = Math.min(end, this.columnCount);
    result.fill(silenceValue(this.spec));
    for (let column = from; column < to; column++) {
      const place = (column % this.#ringColumns) * bands;
      result.set(this.#ring.subarray(place, place + bands), (column - first) * bands);
    }
    return result;
  }

  /**
   * One head's results for some labels in equal parts of the time before `endSeconds`: the highest probability in each
   * part.
   *
   * @param labels indices among the head's labels.
   * @returns a list of `parts` values per label, oldest first; NaN where there was no result.
   */
  course(head: string, labels: readonly number[], endSeconds: number, seconds: number, parts: number): Float32Array[] {
    const courses = labels.map(() => new Float32Array(parts).fill(Number.NaN));
    const startSeconds = endSeconds - seconds;
    for (let i = this.#tagsUntil(endSeconds) - 1; i >= 0; i--) {
      const tag = this.#tags[i] as PastTag;
      if (tag.windowEndSeconds <= startSeconds) break;
      if (tag.head !== head) continue;
      const part = Math.ceil(((tag.windowEndSeconds - startSeconds) / seconds) * parts) - 1;
      for (const [row, label] of labels.entries()) {
        const course = courses[row] as Float32Array;
        const probability = tag.probabilities[label] ?? Number.NaN;
        if (!((course[part] as number) >= probability)) course[part] = probability;
      }
    }
    return courses;
  }

  /** A copy that stays fixed while this one grows. */
  copy(): RecentHistory {
    const copy = new RecentHistory(this.spec);
    copy.columnCount = this.columnCount;
    copy.#ring.set(this.#ring);
    copy.#tags = [...this.#tags];
    return copy;
  }

  /** Number of results whose windows had ended by then, with a millisecond of tolerance for rounding. */
  #tagsUntil(seconds: number): number {
    let low = 0;
    let high = this.#tags.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tags[middle] as PastTag).windowEndSeconds <= seconds + 0.001) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
