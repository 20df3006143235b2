import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import { decodeWav, isSound } from '../../shared/lib/files/wav';
import type { Database, Transaction } from '../database';
import { goodRows } from '../row-schemas';
import { askToPersist } from '../storage-room';
import { addAll, type ClipsAdded } from './add-all';
import { ChangedClips } from './changed-clips';
import {
  clipName,
  clipOfSound,
  clipRecord,
  deleteUnlisted,
  idsOf,
  keepLabels,
  makeRoom,
  type NewClip,
} from './clip-records';
import { everyClip, inPieces } from './in-pieces';
import { RemovedClips } from './removed-clips';
import { RenamedLabel } from './renamed-label';

/** Samples without an owner are deleted after this long. No undo offer and no import lasts longer. */
const UNLISTED_FOR_MS = 60 * 60 * 1000;

/** A change of one clip. Omitted fields stay as they are. */
export interface ClipChange {
  readonly name?: string;
  /** Replaces its labels. */
  readonly labels?: readonly TaughtLabel[];
  readonly reviewed?: boolean;
}

/** A change of many clips at once. Omitted fields stay as they are. */
export interface ClipsChange {
  readonly addLabels?: readonly TaughtLabel[];
  /** Ids. */
  readonly removeLabels?: readonly string[];
  readonly reviewed?: boolean;
}

/**
 * The clips that a person kept, with their labels. Every change is on disk when its promise resolves, and is reported
 * by the database's {@link STORE_CHANGE_EVENT}, in other tabs too.
 *
 * Everything here can fail with storage-missing, storage-blocked, storage-newer or storage-failed, and saving also with
 * storage-full. Nothing was changed then.
 */
export class ClipLibrary {
  readonly #database: Database;
  readonly #askToPersist: () => Promise<unknown>;
  #asked = false;

  /** @param ask asks the browser to keep the data; called once, when the first clip is kept. */
  constructor(database: Database, ask: () => Promise<unknown> = askToPersist) {
    this.#database = database;
    this.#askToPersist = ask;
  }

  /** Every usable clip that has its samples, oldest first. `SetAside` has the others. */
  async list(): Promise<ClipInfo[]> {
    const clips = await this.#database.read(['clips', 'samples'], async (transaction) => {
      const sounds = new Set(await transaction.objectStore('samples').getAllKeys());
      return (await everyClip(transaction)).filter(({ id }) => sounds.has(id) && !this.#database.notSound.has(id));
    });
    // Clips kept at the same moment have an order too, which survives export and import: ids change, names and sounds
    // do not.
    return clips.sort((a, b) => a.keptAtMs - b.keptAtMs || compare(a.name, b.name) || compare(a.hash, b.hash));
  }

  /** A clip's mono samples at its `sampleRateHz`, 16-bit. @throws EarmarkError clip-missing. */
  async samples(id: string): Promise<Int16Array<ArrayBuffer>> {
    return (decodeWav(await this.wav(id)) as { samples: Int16Array<ArrayBuffer> }).samples;
  }

  /** A clip as a WAV file, to play or export. @throws EarmarkError clip-missing or clip-not-sound. */
  async wav(id: string): Promise<ArrayBuffer> {
    const wav: unknown = await this.#database.read(['clips', 'samples'], async (transaction) => {
      const listed = await transaction.objectStore('clips').getKey(id);
      return listed === undefined ? undefined : transaction.objectStore('samples').get(id);
    });
    if (wav === undefined) throw missing();
    if (isSound(wav)) return wav;
    this.#database.notSound.add(id);
    throw new EarmarkError({ code: 'clip-not-sound' });
  }

  /**
   * Keeps a sound. A sound that is already there, with the same 16-bit samples, is not added again and stays as it is.
   *
   * @returns the clip that holds the sound, and whether it is new.
   * @throws EarmarkError empty-sound, insecure-page.
   */
  async add(clip: NewClip): Promise<{ clip: ClipInfo; added: boolean }> {
    const { info, wav, labels } = await clipRecord(clip);
    const kept = await this.#database.write(['clips', 'samples', 'labels'], async (transaction) => {
      const clips = transaction.objectStore('clips');
      const existing = await clipOfSound(transaction, info.hash);
      if (existing) return { clip: existing, added: false };
      await makeRoom(transaction, info);
      await clips.add(info);
      await transaction.objectStore('samples').add(wav, info.id);
      await keepLabels(transaction, labels);
      return { clip: info, added: true };
    });
    this.#askOnce();
    return kept;
  }

  /**
   * Keeps many sounds, all or none. If anything fails, in `clips` too, the library is unchanged.
   *
   * @param labels are remembered even if no clip has them.
   * @throws EarmarkError as `add`, and whatever `clips` throws.
   */
  async addAll(clips: AsyncIterable<NewClip>, labels: readonly TaughtLabel[]): Promise<ClipsAdded> {
    const added = await addAll(this.#database, clips, labels);
    this.#askOnce();
    return added;
  }

  /** @throws EarmarkError clip-missing. */
  async update(id: string, { name, labels, reviewed }: ClipChange): Promise<ChangedClips> {
    const changed = await this.#change([id], labels ?? [], (clip) => ({
      ...clip,
      ...(name === undefined ? {} : { name: clipName(name) }),
      ...(labels === undefined ? {} : { labels: idsOf(labels) }),
      ...(reviewed === undefined ? {} : { reviewed }),
    }));
    if (changed.now.length === 0) throw missing();
    return changed;
  }

  /** Changes clips in one transaction. Clips removed meanwhile are left out. */
  updateMany(ids: readonly string[], change: ClipsChange): Promise<ChangedClips> {
    const { addLabels = [], removeLabels = [], reviewed } = change;
    const removed = new Set(removeLabels);
    return this.#change(ids, addLabels, (clip) => ({
      ...clip,
      labels: [...new Set([...clip.labels.filter((label) => !removed.has(label)), ...idsOf(addLabels)])],
      ...(reviewed === undefined ? {} : { reviewed }),
    }));
  }

  /**
   * Removes clips from the list. The samples stay until the result's `discard`, or until `tidy` finds them an hour
   * later.
   */
  async remove(ids: readonly string[]): Promise<RemovedClips> {
    const removed = await this.#database.write(['clips', 'labels', 'unlisted'], async (transaction) => {
      const clips = await present(transaction, ids);
      await inPieces(clips, async ({ id }) => {
        await transaction.objectStore('clips').delete(id);
        await transaction.objectStore('unlisted').put({ id, sinceMs: Date.now() });
      });
      return { clips, labels: goodRows('labels', await transaction.objectStore('labels').getAll()) };
    });
    return new RemovedClips(this.#database, removed.clips, removed.labels);
  }

  /** Every label that a clip has or had, by name. */
  async labels(): Promise<TaughtLabel[]> {
    const labels = await this.#database.read(['labels'], (transaction) => transaction.objectStore('labels').getAll());
    return goodRows('labels', labels).sort((a, b) => a.name.localeCompare(b.name) || compare(a.id, b.id));
  }

  /**
   * Replaces a label in all its clips: with a new name, or with an existing label, which keeps its name and takes over
   * the clips.
   *
   * @throws EarmarkError label-missing.
   */
  async renameLabel(id: string, to: TaughtLabel): Promise<RenamedLabel> {
    const renamed: TaughtLabel = { id: to.id, name: to.name.trim() };
    return this.#database.write(['clips', 'labels'], async (transaction) => {
      const labels = transaction.objectStore('labels');
      const label = await labels.get(id);
      if (!label) throw labelMissing();
      const other = renamed.id === id ? undefined : await labels.get(renamed.id);
      if (!other) await labels.put(renamed);
      const before = { label, clipIds: [] as string[], hadBoth: new Set<string>() };
      const now = other ?? renamed;
      if (renamed.id === id) return new RenamedLabel(this.#database, now, false, before);
      await labels.delete(id);
      const having = (await everyClip(transaction)).filter((clip) => clip.labels.includes(id));
      await inPieces(having, (clip) => {
        before.clipIds.push(clip.id);
        if (clip.labels.includes(now.id)) before.hadBoth.add(clip.id);
        const ids = new Set(clip.labels.map((own) => (own === id ? now.id : own)));
        return transaction.objectStore('clips').put({ ...clip, labels: [...ids] });
      });
      return new RenamedLabel(this.#database, now, other !== undefined, before);
    });
  }

  /** Deletes samples that closed tabs left without an owner. Call it once per visit. */
  tidy(): Promise<void> {
    return this.#database.write(['samples', 'embeddings', 'unlisted'], async (transaction) => {
      const unlisted = await transaction.objectStore('unlisted').getAll();
      // A damaged time is none in the last hour.
      const old = unlisted.filter(({ sinceMs }) => !(Date.now() - sinceMs <= UNLISTED_FOR_MS));
      await deleteUnlisted(
        transaction,
        old.map(({ id }) => id),
      );
    });
  }

  #change(
    ids: readonly string[],
    newLabels: readonly TaughtLabel[],
    change: (clip: ClipInfo) => ClipInfo,
  ): Promise<ChangedClips> {
    return this.#database.write(['clips', 'labels'], async (transaction) => {
      const before = await present(transaction, ids);
      const now = before.map(change);
      await inPieces(now, (clip) => transaction.objectStore('clips').put(clip));
      if (now.length > 0) await keepLabels(transaction, newLabels);
      return new ChangedClips(this.#database, before, now);
    });
  }

  #askOnce(): void {
    if (this.#asked) return;
    this.#asked = true;
    // `storageRoom` tells whether the browser agreed. It may ask the person; the clip does not wait for that.
    this.#askToPersist().catch((error: unknown) => console.warn('The browser does not promise to keep clips:', error));
  }
}

/** The clips that are still in the list. */
async function present(transaction: Transaction<'clips'>, ids: readonly string[]): Promise<ClipInfo[]> {
  const clips = transaction.objectStore('clips');
  const found = await inPieces([...new Set(ids)], (id) => clips.get(id));
  return goodRows(
    'clips',
    found.filter((clip) => clip !== undefined),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function missing(): EarmarkError {
  return new EarmarkError({ code: 'clip-missing' });
}

function labelMissing(): EarmarkError {
  return new EarmarkError({ code: 'label-missing' });
}
