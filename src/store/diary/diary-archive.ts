import type { LevelSpan } from '../../shared/contracts/sound-event';
import { isSound } from '../../shared/lib/files/wav';
import type { Database } from '../database';
import { blockOf, sealBlock } from './blocks/event-blocks';
import { changeEvents, tellOfChanges } from './event-changes';
import { type EventClip, type EventRow, eventOf, isEventClip, isEventRow } from './event-row';
import { addMissingLevels, blockEndMs, levelBounds, readLevels } from './level-blocks';

/** Events or blocks of levels that are read together. */
const EVENTS_AT_ONCE = 2000;
const LEVELS_AT_ONCE_MS = 24 * 3_600_000;

/** The sound of an event, as a WAV file. */
export interface ArchivedSound {
  readonly clip: EventClip;
  readonly wav: ArrayBuffer;
}

/** The whole diary, to be written to a file in pieces, and what is missing of one, to be taken from a file. */
export class DiaryArchive {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Every usable event in the order of writing. */
  async *events(): AsyncGenerator<EventRow[]> {
    for (let after = Number.NEGATIVE_INFINITY; ; ) {
      const range = IDBKeyRange.lowerBound(after, true);
      const [keys, rows] = await this.#database.read(['events'], (transaction) => {
        const store = transaction.objectStore('events');
        return Promise.all([store.getAllKeys(range, EVENTS_AT_ONCE), store.getAll(range, EVENTS_AT_ONCE)]);
      });
      const last = keys.at(-1);
      if (last === undefined) return;
      yield rows.filter(isEventRow).map(eventOf);
      after = last;
    }
  }

  /** All levels, by days. */
  async *levels(): AsyncGenerator<LevelSpan[]> {
    const bounds = await this.#database.read(['levels'], levelBounds);
    if (!bounds) return;
    const endMs = blockEndMs(bounds.last);
    for (let fromMs = blockEndMs(bounds.first - 1); fromMs < endMs; fromMs += LEVELS_AT_ONCE_MS) {
      const toMs = fromMs + LEVELS_AT_ONCE_MS;
      const spans = await this.#database.read(['levels'], (transaction) => readLevels(transaction, fromMs, toMs));
      if (spans.length > 0) yield spans;
    }
  }

  async *sounds(): AsyncGenerator<ArchivedSound> {
    const clips = await this.#database.read(['eventClips'], (transaction) =>
      transaction.objectStore('eventClips').getAll(),
    );
    for (const clip of clips.filter(isEventClip)) {
      const wav = await this.#database.read(['eventSounds'], (transaction) =>
        transaction.objectStore('eventSounds').get(clip.event),
      );
      if (wav && isSound(wav)) yield { clip, wav };
    }
  }

  /** Adds the events whose ids are new. @returns how many. */
  async addEvents(events: readonly EventRow[]): Promise<number> {
    let added: number[] = [];
    const changes = await changeEvents(this.#database, async (transaction, changed) => {
      const store = transaction.objectStore('events');
      const keys = await Promise.all(events.map(({ id }) => store.index('id').getKey(id)));
      const missing = events.filter((_, i) => keys[i] === undefined);
      added = await Promise.all(missing.map((event) => store.add(event)));
      for (const [i, key] of added.entries()) changed.set(key, missing[i] as EventRow);
    });
    tellOfChanges(changes);
    const filled = added.filter((key) => blockOf(key) !== blockOf(key - 1));
    for (const key of filled) await sealBlock(this.#database, blockOf(key - 1));
    return added.length;
  }

  /** Adds what was heard in spans in which nothing was heard here. */
  async addLevels(spans: readonly LevelSpan[]): Promise<void> {
    await this.#database.write(['levels'], (transaction) => addMissingLevels(transaction, spans), 'relaxed');
  }

  /** Adds an event's sound, unless the event is gone or has one. */
  async addSound({ clip, wav }: ArchivedSound): Promise<void> {
    const changes = await changeEvents(this.#database, async (transaction) => {
      const key = await transaction.objectStore('events').index('id').getKey(clip.event);
      const known = await transaction.objectStore('eventClips').getKey(clip.event);
      if (key === undefined || known !== undefined) return;
      await transaction.objectStore('eventClips').put(clip);
      await transaction.objectStore('eventSounds').put(wav, clip.event);
    });
    tellOfChanges(changes);
  }
}
