import type {
  DiaryFilter,
  DiaryLabel,
  FoundEvents,
  LabelCounts,
  SimilarEvent,
} from '../../shared/contracts/diary/diary-query';
import type { HeardClip } from '../../shared/contracts/diary/heard';
import type { LevelSpan, SoundEvent } from '../../shared/contracts/sound-event';
import { clipsToDelete } from '../../shared/lib/clip-budget';
import type { Database } from '../database';
import { blockOf, sealBlock } from './blocks/event-blocks';
import type { EventDetails } from './blocks/event-details';
import { DamagedEntries } from './damaged/damaged-entries';
import type { DamagedEntry } from './damaged/damaged-entry';
import { DetailReader } from './detail-reader';
import {
  addClip,
  type Changes,
  changeEvents,
  DIARY_CHANNEL,
  type EventTransaction,
  putRow,
  rowsByKeys,
  updateEvent,
  updateRow,
  withPersonsWords,
} from './event-changes';
import { deleteClip, readSound, type StoredSound } from './event-clips';
import { countEvents, findEvents, labelsOf } from './event-query';
import { type EventClip, type EventRow, eventOf, isEventClip, isEventRow } from './event-row';
import { FollowedColumns } from './followed-columns';
import { addLevels, deleteLevels, readLevels } from './level-blocks';
import { deleteSurplus } from './retention';
import { SimilarEvents } from './similar-events';

const DAY_MS = 24 * 3_600_000;

/** What is to be written together. */
export interface DiaryEntries {
  readonly events: readonly EventRow[];
  readonly levels: readonly LevelSpan[];
  readonly clips: readonly HeardClip[];
}

/** What the whole diary holds. */
export interface DiarySummary {
  readonly eventCount: number;
  readonly labels: readonly DiaryLabel[];
}

/**
 * The diary: events, levels and the sounds of events.
 *
 * Everything here can fail with storage-missing, storage-blocked, storage-newer or storage-failed, and writing also with
 * storage-full and storage-elsewhere. Nothing was changed then.
 */
export class DiaryStore {
  readonly #database: Database;
  readonly #onChange: () => void;
  readonly #channel = new BroadcastChannel(DIARY_CHANNEL);
  readonly #columns: FollowedColumns;
  #begun: Promise<void> | undefined;
  /** Events that were deleted while they sounded: their next states are not written. */
  readonly #removed = new Set<string>();
  readonly #details: DetailReader;
  readonly #similar: SimilarEvents;
  readonly #damaged: DamagedEntries;

  /** @param onChange called when this window or another one has changed the diary. */
  constructor(database: Database, onChange: () => void) {
    this.#database = database;
    this.#columns = new FollowedColumns(database);
    this.#damaged = new DamagedEntries(database, this.#columns);
    this.#details = new DetailReader(database);
    this.#similar = new SimilarEvents(database);
    this.#onChange = onChange;
    this.#channel.onmessage = ({ data }: MessageEvent<Changes>) => this.#apply(data);
  }

  /** Reads what is needed to find events, once. From then on it follows every change. */
  async open(): Promise<DiarySummary> {
    const events = await this.#columns.read();
    return { eventCount: events.count, labels: labelsOf(events) };
  }

  async find(filter: DiaryFilter): Promise<FoundEvents> {
    return findEvents(await this.#columns.read(), filter);
  }

  /** See `DiaryCommands.counts`. */
  async counts(filter: DiaryFilter, edgesMs: readonly number[]): Promise<LabelCounts[]> {
    return countEvents(await this.#columns.read(), filter, edgesMs);
  }

  /** Ends the events that a crash or a closed page left open, once a visit. `write` does so too. */
  begin(): Promise<void> {
    this.#begun ??= this.#endLeftOpen().catch((error: unknown) => {
      this.#begun = undefined;
      throw error;
    });
    return this.#begun;
  }

  /** Writes what was heard. An event that is known is replaced, but keeps what a person said about it. */
  async write({ events, levels, clips }: DiaryEntries): Promise<void> {
    await this.begin();
    await this.#change(async (transaction, changes) => {
      const ids = transaction.objectStore('events').index('id');
      const keys = await Promise.all(events.map(({ id }) => ids.getKey(id)));
      await Promise.all(events.map((event, i) => this.#putEvent(transaction, event, keys[i], changes)));
      for (const clip of clips) await addClip(transaction, clip, changes);
      await addLevels(transaction, levels);
    });
  }

  /** Events by their keys, in that order. What is gone or unusable is undefined. */
  async rows(keys: ArrayLike<number>): Promise<(SoundEvent | undefined)[]> {
    const wanted = Array.from(keys);
    const rows = await this.#database.read(['events'], (transaction) => rowsByKeys(transaction, wanted));
    const damaged = wanted.filter((_, i) => rows[i] !== undefined && !isEventRow(rows[i]));
    if (damaged.length > 0) await this.#setAside(damaged);
    return rows.map((row) => (isEventRow(row) ? eventOf(row) : undefined));
  }

  /** Rows that cannot be used. */
  damaged(): Promise<DamagedEntry[]> {
    return this.#damaged.list();
  }

  /** The rows that cannot be used, as they are, in JSON. */
  exportDamaged(): Promise<Blob> {
    return this.#damaged.export();
  }

  /** Deletes the rows that cannot be used, with their sounds. */
  async removeDamaged(): Promise<void> {
    await this.#change(await this.#damaged.removal());
    this.#damaged.forget();
  }

  /** Many events by their keys, in that order and without embeddings. What is gone or unusable is left out. */
  details(keys: ArrayLike<number>): Promise<EventDetails[]> {
    return this.#details.read(keys);
  }

  /** The events that sound most like one, itself left out. None if it has no embedding. */
  similar(event: SoundEvent): Promise<SimilarEvent[]> {
    return this.#similar.to(event, (keys) => this.rows(keys));
  }

  async event(id: string): Promise<SoundEvent | undefined> {
    const row: unknown = await this.#database.read(['events'], (transaction) =>
      transaction.objectStore('events').index('id').get(id),
    );
    return isEventRow(row) ? eventOf(row) : undefined;
  }

  levels(fromMs: number, toMs: number): Promise<LevelSpan[]> {
    return this.#database.read(['levels'], (transaction) => readLevels(transaction, fromMs, toMs));
  }

  /** Changes events; those that are gone are left out. */
  async update(ids: readonly string[], change: (event: EventRow) => EventRow): Promise<void> {
    await this.#change(async (transaction, changes) => {
      for (const id of ids) await updateEvent(transaction, id, change, changes);
    });
  }

  /** Deletes events with their sounds. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#change(async (transaction, changes) => {
      const store = transaction.objectStore('events');
      for (const id of ids) {
        const key = await store.index('id').getKey(id);
        if (key === undefined) continue;
        if ((await store.get(key))?.open) this.#removed.add(id);
        await store.delete(key);
        await deleteClip(transaction, id);
        changes.set(key, undefined);
      }
    });
  }

  /** Undefined if the event has none. */
  sound(id: string): Promise<StoredSound | undefined> {
    return this.#database.read(['eventClips', 'eventSounds'], (transaction) => readSound(transaction, id));
  }

  /** Whether a person keeps a clip, so that it is never deleted for others. */
  async keepSound(id: string, isKept: boolean): Promise<void> {
    await this.#change(async (transaction) => {
      const store = transaction.objectStore('eventClips');
      const clip = await store.get(id);
      if (isEventClip(clip)) await store.put({ ...clip, isKept });
    });
  }

  /** Every usable kept sound, without its samples. */
  async clips(): Promise<EventClip[]> {
    const rows = await this.#database.read(['eventClips'], (transaction) =>
      transaction.objectStore('eventClips').getAll(),
    );
    return rows.filter(isEventClip);
  }

  /** Deletes sounds until the others fit: see {@link clipsToDelete}. @returns how many. */
  async makeRoom(mostBytes: number): Promise<number> {
    const gone = clipsToDelete(await this.clips(), mostBytes);
    if (gone.length === 0) return 0;
    await this.#change(async (transaction, changes) => {
      for (const { event } of gone) {
        await deleteClip(transaction, event);
        await updateEvent(transaction, event, ({ clip: _, ...rest }) => rest, changes);
      }
    });
    return gone.length;
  }

  /**
   * Deletes what is older than so many days, and the oldest events beyond a number. Those with a sound that a person kept
   * stay. @returns how many events were deleted.
   */
  async prune(keepDays: number | null, mostEvents: number, nowMs: number): Promise<number> {
    const beforeMs = keepDays === null ? Number.NEGATIVE_INFINITY : nowMs - keepDays * DAY_MS;
    const total = await this.#database.read(['events'], (transaction) => transaction.objectStore('events').count());
    let deleted = 0;
    for (let last = -1; last !== 0; deleted += last) {
      const surplus = { beforeMs, count: total - mostEvents - deleted };
      await this.#change(async (transaction, changes) => {
        last = await deleteSurplus(transaction, surplus, changes);
        if (last === 0 && keepDays !== null) await deleteLevels(transaction, beforeMs);
      });
    }
    return deleted;
  }

  /** Rows that became unusable after their blocks were made. */
  async #setAside(keys: readonly number[]): Promise<void> {
    this.#damaged.forget();
    const gone: Changes = new Map(keys.map((key) => [key, undefined]));
    this.#apply(gone);
    // Only the window that writes can take them out of their blocks; the others leave them out of what they show.
    await this.#change(async (_, changes) => {
      for (const key of keys) changes.set(key, undefined);
    }).catch((error) => console.warn('Unusable events stay in their blocks:', error));
  }

  #endLeftOpen(): Promise<void> {
    return this.#change(async (transaction, changes) => {
      const store = transaction.objectStore('events');
      const [keys, rows] = await Promise.all([
        store.index('open').getAllKeys(),
        store.index('open').getAll() as Promise<unknown[]>,
      ]);
      for (const [i, row] of rows.entries()) {
        if (isEventRow(row)) await putRow(transaction, keys[i] as number, eventOf(row), changes);
      }
    });
  }

  /** Changes events in one transaction, and tells everyone. */
  async #change(work: (transaction: EventTransaction, changes: Changes) => Promise<void>): Promise<void> {
    const changes = await changeEvents(this.#database, work);
    this.#apply(changes);
    this.#channel.postMessage(changes);
  }

  #apply(changes: Changes): void {
    this.#columns.apply(changes);
    this.#details.forget(changes.keys());
    this.#similar.apply(changes);
    this.#onChange();
  }

  async #putEvent(
    transaction: EventTransaction,
    event: EventRow,
    key: number | undefined,
    changes: Changes,
  ): Promise<void> {
    if (this.#removed.has(event.id)) return;
    if (key !== undefined) return updateRow(transaction, key, (known) => withPersonsWords(event, known), changes);
    const added = await transaction.objectStore('events').add(event);
    changes.set(added, eventOf(event));
    if (blockOf(added) !== blockOf(added - 1)) void this.#seal(blockOf(added - 1));
  }

  /** Stores a block that is full. Nothing is lost if that fails: it is made when it is needed. */
  async #seal(number: number): Promise<void> {
    await sealBlock(this.#database, number).catch((error) => console.warn('A block of events was not stored:', error));
  }
}
