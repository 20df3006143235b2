import { type IDBPDatabase, openDB } from 'idb';
import {
  type Recording,
  type RecordingEvent,
  TILE_COLUMNS,
  type Tile,
} from '../../shared/contracts/recordings/recording';
import { type Places, RECORDINGS_FOLDER } from '../../shared/contracts/recordings/recordings-api';
import type { Verdict } from '../../shared/contracts/sound-event';
import { openError, workError } from '../storage-errors';
import type { StoreWriter } from '../store-writer';
import { type DamagedRecording, damagedRows, exportDamagedRows } from './damaged-recordings';
import { isRecording, isRecordingEvent, type RecordingsSchema } from './recording-rows';

/** Changes of a recording that belong together. */
export interface RecordingChange {
  readonly recording: Recording;
  readonly events: readonly RecordingEvent[];
  readonly tiles: readonly Tile[];
}

/** Fired on the {@link RecordingsStore} when a backup has brought a recording. */
export const RESTORED_EVENT = 'restored';

const ALL_STORES = ['recordings', 'handles', 'events', 'tiles', 'places'] as const;

/**
 * The recordings of the queue: what is known of them, their events, and their pictures. It is a database of its own, because a
 * recording is deleted as a whole, and no rule of the diary applies to it.
 *
 * Everything here can fail with storage-missing or storage-failed, and writing also with storage-full and storage-elsewhere.
 */
export class RecordingsStore extends EventTarget {
  readonly #writer: Pick<StoreWriter, 'require'>;
  readonly #name: string;
  /** Reaches the stores of the same name in this window and others. */
  readonly #channel: BroadcastChannel;
  #opened: Promise<IDBPDatabase<RecordingsSchema>> | undefined;

  /** @param name other names are for tests. */
  constructor(writer: Pick<StoreWriter, 'require'>, name = 'earmark-recordings') {
    super();
    this.#writer = writer;
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = () => this.dispatchEvent(new Event(RESTORED_EVENT));
  }

  /** All usable recordings, in the order in which they were added. */
  async list(): Promise<Recording[]> {
    const all = await this.#read((database) => database.getAll('recordings'));
    return all.filter(isRecording).sort((a, b) => a.addedAtMs - b.addedAtMs || a.name.localeCompare(b.name));
  }

  /** Ids of all recordings, also of unusable ones. */
  ids(): Promise<string[]> {
    return this.#read((database) => database.getAllKeys('recordings'));
  }

  async handle(id: string): Promise<FileSystemFileHandle | undefined> {
    return this.#read((database) => database.get('handles', id));
  }

  async add(recording: Recording, handle?: FileSystemFileHandle): Promise<void> {
    await this.#write(async (transaction) => {
      await transaction.objectStore('recordings').put(recording);
      if (handle) await transaction.objectStore('handles').put(handle, recording.id);
    });
  }

  /** Adds a recording with its events, unless it is there already. @returns whether it was missing. */
  async addMissing(recording: Recording, events: readonly RecordingEvent[]): Promise<boolean> {
    let isMissing = false;
    await this.#write(async (transaction) => {
      isMissing = (await transaction.objectStore('recordings').getKey(recording.id)) === undefined;
      if (!isMissing) return;
      await transaction.objectStore('recordings').put({ ...recording, events: events.length });
      for (const event of events) await transaction.objectStore('events').put(event, [recording.id, event.id]);
    });
    if (isMissing) this.#channel.postMessage(recording.id);
    return isMissing;
  }

  /** Writes what a tagging has found, all of it or nothing. Events that are known keep what a person said about them. @returns how many it has. */
  async change({ recording, events, tiles }: RecordingChange): Promise<number> {
    let count = 0;
    await this.#write(async (transaction) => {
      const store = transaction.objectStore('events');
      for (const event of events) {
        const known = await store.get([recording.id, event.id]);
        const { verdict, note } = known ?? {};
        await store.put({ ...event, ...(verdict && { verdict }), ...(note && { note }) }, [recording.id, event.id]);
      }
      for (const { level, index, bytes } of tiles) {
        await transaction.objectStore('tiles').put(bytes, [recording.id, level, index]);
      }
      count = await store.count(ofRecording(recording.id));
      await transaction.objectStore('recordings').put({ ...recording, events: count });
    });
    return count;
  }

  /** Recordings and events that cannot be used. */
  async damaged(): Promise<DamagedRecording[]> {
    const rows = await this.#read(damagedRows);
    return rows.map(({ row: _, ...damaged }) => damaged);
  }

  /** The unusable rows as they are, in JSON. */
  exportDamaged(): Promise<Blob> {
    return this.#read(exportDamagedRows);
  }

  /** Deletes the unusable rows for good, a recording with its events. What was recorded here is found anew by its sound. */
  async removeDamaged(): Promise<void> {
    for (const { store, key } of await this.damaged()) {
      if (store === 'recordings') await this.#removeRows(key as string);
      else await this.#write((transaction) => transaction.objectStore('events').delete(key as [string, string]));
    }
  }

  /** The usable ones, by start. */
  async events(id: string): Promise<RecordingEvent[]> {
    const events = await this.#read((database) => database.getAll('events', ofRecording(id)));
    return events
      .filter(isRecordingEvent)
      .sort((a, b) => a.startSeconds - b.startSeconds || a.label.localeCompare(b.label));
  }

  async putEvents(id: string, events: readonly RecordingEvent[]): Promise<void> {
    await this.#write(async (transaction) => {
      for (const event of events) await transaction.objectStore('events').put(event, [id, event.id]);
    });
  }

  /** Notes what a person said about events; undefined takes it back. */
  async judge(id: string, ids: readonly string[], verdict: Verdict | undefined): Promise<void> {
    const events = (await this.events(id)).filter((event) => ids.includes(event.id));
    const judged = events.map(({ verdict: _, ...event }) => (verdict ? { ...event, verdict } : event));
    await this.putEvents(id, judged);
  }

  async removeEvents(id: string, events: readonly string[]): Promise<void> {
    await this.#write(async (transaction) => {
      for (const event of events) await transaction.objectStore('events').delete([id, event]);
    });
  }

  /** Deletes what was found and no person said anything about. */
  async removeUntouchedEvents(id: string): Promise<void> {
    const untouched = (await this.events(id)).filter(({ found, verdict, note }) => found && !verdict && !note);
    await this.removeEvents(
      id,
      untouched.map((event) => event.id),
    );
  }

  /** Undefined where nothing was tagged yet. */
  async tile(id: string, level: number, index: number): Promise<Tile | undefined> {
    const bytes = await this.#read((database) => database.get('tiles', [id, level, index]));
    // Anything else is drawn as if it was not known yet.
    return bytes instanceof Uint8Array ? { level, index, bytes } : undefined;
  }

  /** The tiles of levels above `finest` that hold the moment's column, or would. */
  async begun(id: string, seconds: number, levels: readonly { level: number; rate: number }[]): Promise<Tile[]> {
    const tiles = await Promise.all(
      levels.map(({ level, rate }) => this.tile(id, level, Math.floor((seconds * rate) / TILE_COLUMNS))),
    );
    return tiles.filter((tile) => tile !== undefined);
  }

  /** Where its file can be entered; undefined if that is not known, or the format has an index. */
  async places(id: string): Promise<Places | undefined> {
    const places = await this.#read((database) => database.get('places', id));
    return places instanceof Float64Array ? places : undefined;
  }

  async putPlaces(id: string, places: Places): Promise<void> {
    await this.#write(async (transaction) => {
      await transaction.objectStore('places').put(places, id);
    });
  }

  /** Deletes a recording with all that belongs to it here; the person's file stays. */
  async remove(id: string): Promise<void> {
    await this.#removeRows(id);
    await this.removeCopy(id);
  }

  async #removeRows(id: string): Promise<void> {
    await this.#write(async (transaction) => {
      await transaction.objectStore('recordings').delete(id);
      await transaction.objectStore('handles').delete(id);
      await transaction.objectStore('places').delete(id);
      await transaction.objectStore('events').delete(ofRecording(id));
      await transaction.objectStore('tiles').delete(IDBKeyRange.bound([id], [id, []]));
    });
  }

  /** The copy of a recording in the page's part of the disk. */
  async copy(name: string): Promise<File | undefined> {
    const folder = await this.#folder();
    const handle = await folder?.getFileHandle(name).catch(() => undefined);
    return handle?.getFile();
  }

  /** Names of everything in the page's part of the disk. */
  async copies(): Promise<string[]> {
    const folder = await this.#folder();
    const names: string[] = [];
    if (folder)
      for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
    return names;
  }

  async removeCopy(name: string): Promise<void> {
    const folder = await this.#folder();
    await folder?.removeEntry(name).catch(() => undefined);
  }

  async #folder(): Promise<FileSystemDirectoryHandle | undefined> {
    const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
    return root?.getDirectoryHandle(RECORDINGS_FOLDER, { create: true });
  }

  async #read<Result>(work: (database: IDBPDatabase<RecordingsSchema>) => Promise<Result>): Promise<Result> {
    const database = await this.#open();
    return work(database).catch((cause: unknown) => {
      throw workError(cause);
    });
  }

  async #write(work: (transaction: ReturnType<typeof begin>) => Promise<void>): Promise<void> {
    await this.#writer.require();
    const transaction = begin(await this.#open());
    const done = transaction.done.catch((error: unknown) => ({ error }));
    try {
      await work(transaction);
      const failure = await done;
      if (failure) throw failure.error;
    } catch (error) {
      throw workError(transaction.error ?? error);
    }
  }

  #open(): Promise<IDBPDatabase<RecordingsSchema>> {
    this.#opened ??= openDB<RecordingsSchema>(this.#name, 2, {
      upgrade: (database, oldVersion) => {
        if (oldVersion < 1) {
          database.createObjectStore('recordings', { keyPath: 'id' });
          for (const store of ['handles', 'events', 'tiles'] as const) database.createObjectStore(store);
        }
        database.createObjectStore('places');
      },
      // The person deletes the page's data: the next question opens it anew.
      blocking: async () => {
        (await this.#opened)?.close();
        this.#opened = undefined;
      },
      terminated: () => {
        this.#opened = undefined;
      },
    }).catch((cause: unknown) => {
      this.#opened = undefined;
      throw openError(cause);
    });
    return this.#opened;
  }
}

function begin(database: IDBPDatabase<RecordingsSchema>) {
  return database.transaction(ALL_STORES, 'readwrite', { durability: 'relaxed' });
}

function ofRecording(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
