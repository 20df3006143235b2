/** A heading in the list of events. */
export interface Chapter {
  readonly kind: 'day' | 'hour';
  /** Of the day's or hour's newest event. */
  readonly newestMs: number;
  /** Events below it. */
  readonly events: number;
}

export type ListRow = { readonly kind: 'event'; readonly index: number } | Chapter;

/** Where a moment lies: equal numbers are the same day or hour. */
export interface Clock {
  dayOf(ms: number): number;
  hourOf(ms: number): number;
}

/** The rows of the list: events, and the days and hours that they belong to. */
export class ListRows {
  /** Per row: the event's index, or −1 − the chapter's. */
  readonly #rows: Int32Array;
  readonly #chapters: readonly Chapter[];

  /** @param startsMs of the events, newest first. */
  constructor(startsMs: Float64Array, clock: Clock) {
    const rows: number[] = [];
    const chapters: (Chapter & { events: number })[] = [];
    const open = (kind: Chapter['kind'], newestMs: number) => {
      const chapter = { kind, newestMs, events: 0 };
      rows.push(-1 - chapters.length);
      chapters.push(chapter);
      return chapter;
    };
    let day: { readonly of: number; readonly chapter: (typeof chapters)[number] } | undefined;
    let hour: typeof day;
    startsMs.forEach((startMs, index) => {
      const [ofDay, ofHour] = [clock.dayOf(startMs), clock.hourOf(startMs)];
      if (day?.of !== ofDay) {
        day = { of: ofDay, chapter: open('day', startMs) };
        hour = undefined;
      }
      if (hour?.of !== ofHour) hour = { of: ofHour, chapter: open('hour', startMs) };
      day.chapter.events++;
      hour.chapter.events++;
      rows.push(index);
    });
    this.#rows = Int32Array.from(rows);
    this.#chapters = chapters;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** @throws RangeError for a row that does not exist. */
  at(row: number): ListRow {
    const value = this.#rows[row];
    if (value === undefined) throw new RangeError(`row ${row} of ${this.count}`);
    return value >= 0 ? { kind: 'event', index: value } : (this.#chapters[-1 - value] as Chapter);
  }

  /** The nearest row that is an event, in a direction; undefined beyond the ends. */
  eventFrom(row: number, direction: 1 | -1): number | undefined {
    let at = row;
    while (at >= 0 && at < this.count && (this.#rows[at] as number) < 0) at += direction;
    return at >= 0 && at < this.count ? at : undefined;
  }
}
