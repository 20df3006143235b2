import type { DiaryCommands } from '../../../app/diary/diary-state';
import type { FoundEvents } from '../../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** Events that are read at once. */
const PAGE_EVENTS = 64;
/** Events that are remembered: some screens in each direction. */
const MOST_EVENTS = 40 * PAGE_EVENTS;

/** The events that the list shows, read page by page when they come into view. */
export class RowCache {
  readonly #diary: Pick<DiaryCommands, 'rows'>;
  readonly #onRead: () => void;
  #found: FoundEvents;
  /** By the key in what was found; what was read last comes last. */
  readonly #events = new Map<number, SoundEvent>();
  /** Pages of what was found that were read, or are being read. */
  #pages = new Set<number>();

  constructor(diary: Pick<DiaryCommands, 'rows'>, found: FoundEvents, onRead: () => void) {
    this.#diary = diary;
    this.#found = found;
    this.#onRead = onRead;
  }

  /** Takes another result. What is known of its events is shown until they are read again. */
  renew(found: FoundEvents): void {
    this.#found = found;
    this.#pages = new Set();
  }

  /** An event by its index; undefined until it is read, or if it was deleted. */
  at(index: number): SoundEvent | undefined {
    const page = Math.floor(index / PAGE_EVENTS);
    if (!this.#pages.has(page)) void this.#read(page);
    return this.#events.get(this.#found.keys[index] as number);
  }

  async #read(page: number): Promise<void> {
    const found = this.#found;
    const pages = this.#pages;
    pages.add(page);
    const from = page * PAGE_EVENTS;
    const to = Math.min(found.count, from + PAGE_EVENTS);
    const events = await this.#diary.rows(found, from, to).catch(() => undefined);
    // The diary's state says why it failed. The page is read again when it is next drawn.
    if (!events) return void pages.delete(page);
    events.forEach((event, i) => {
      const key = found.keys[from + i] as number;
      this.#events.delete(key);
      if (event) this.#events.set(key, event);
    });
    this.#forgetOldest();
    if (found === this.#found) this.#onRead();
  }

  #forgetOldest(): void {
    const surplus = this.#events.size - MOST_EVENTS;
    if (surplus <= 0) return;
    for (const key of [...this.#events.keys()].slice(0, surplus)) this.#events.delete(key);
    // Which pages those were is not known, so all are read again when they are next drawn.
    this.#pages = new Set();
  }
}
