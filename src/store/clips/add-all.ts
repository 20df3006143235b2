import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { Pauses } from '../../shared/lib/pause';
import type { Database, Transaction } from '../database';
import {
  type ClipRecord,
  clipOfSound,
  clipRecord,
  deleteUnlisted,
  keepLabels,
  makeRoom,
  type NewClip,
} from './clip-records';

/** Bytes of samples saved together: few transactions, and little memory. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** The result of adding many clips. */
export interface ClipsAdded {
  readonly added: readonly ClipInfo[];
  /** Sounds that the library already had, or that came twice. */
  readonly alreadyThere: number;
}

/** A future clip in the list. Its samples are already saved. */
type Staged = Omit<ClipRecord, 'wav'>;

/** Saves something else in the transaction that lists the clips. */
type Alongside = (transaction: Transaction<'heads'>) => Promise<void>;

/**
 * Adds many clips, all or none, together with what `alongside` saves.
 *
 * Thousands of clips fit neither in memory nor in one transaction. So their samples are saved in batches, as samples
 * without an owner, and one last transaction lists all clips. A failure or crash before that leaves the list unchanged.
 * The samples are deleted at once or, after a crash, by `ClipLibrary.tidy`.
 */
export async function addAll(
  database: Database,
  clips: AsyncIterable<NewClip>,
  labels: readonly TaughtLabel[],
  alongside: Alongside = async () => {},
): Promise<ClipsAdded> {
  const staged: Staged[] = [];
  const hashes = new Set<string>();
  let alreadyThere = 0;
  let batch: ClipRecord[] = [];
  const flush = async (): Promise<void> => {
    const fresh = await stage(database, batch);
    alreadyThere += batch.length - fresh.length;
    staged.push(...fresh);
    batch = [];
  };
  try {
    let bytes = 0;
    const pauses = new Pauses();
    for await (const clip of clips) {
      await pauses.take();
      const record = await clipRecord(clip);
      if (hashes.has(record.info.hash)) {
        alreadyThere++;
        continue;
      }
      hashes.add(record.info.hash);
      batch.push(record);
      bytes += record.wav.byteLength;
      if (bytes < BATCH_BYTES) continue;
      await flush();
      bytes = 0;
    }
    await flush();
    const added = await listAll(database, staged, labels, alongside);
    return { added, alreadyThere: alreadyThere + staged.length - added.length };
  } catch (error) {
    const ids = staged.map(({ info }) => info.id);
    await database
      .write(['samples', 'embeddings', 'unlisted'], (transaction) => deleteUnlisted(transaction, ids))
      // No clip refers to them, and `tidy` tries again. The person needs to know only the first failure.
      .catch(() => undefined);
    throw error;
  }
}

/** Saves the samples of sounds that the library does not have, without an owner. */
async function stage(database: Database, batch: readonly ClipRecord[]): Promise<Staged[]> {
  const fresh = await database.read(['clips', 'samples'], async (transaction) => {
    const known = await Promise.all(batch.map(({ info }) => clipOfSound(transaction, info.hash)));
    const unknown = batch.filter((_, i) => known[i] === undefined);
    return Promise.all(unknown.map((record) => withFreeId(transaction, record)));
  });
  await database.write(['samples', 'unlisted'], async (transaction) => {
    for (const { info, wav } of fresh) {
      await transaction.objectStore('samples').add(wav, info.id);
      await transaction.objectStore('unlisted').add({ id: info.id, sinceMs: Date.now() });
    }
  });
  for (const { info } of fresh) database.notSound.delete(info.id);
  return fresh.map(({ info, labels }) => ({ info, labels }));
}

/** Lists all clips and their names. Leaves out sounds that another tab has added meanwhile. */
function listAll(
  database: Database,
  staged: readonly Staged[],
  labels: readonly TaughtLabel[],
  alongside: Alongside,
): Promise<ClipInfo[]> {
  return database.write(['clips', 'samples', 'labels', 'heads', 'embeddings', 'unlisted'], async (transaction) => {
    const clips = transaction.objectStore('clips');
    const added: ClipInfo[] = [];
    for (const { info, labels } of staged) {
      if ((await transaction.objectStore('unlisted').getKey(info.id)) === undefined) {
        throw new Error(`the samples of “${info.name}” were tidied away before the import was done`);
      }
      const there = await clipOfSound(transaction, info.hash);
      // A row that had lost its samples gets those that were staged under its id.
      if (there && there.id !== info.id) {
        await deleteUnlisted(transaction, [info.id]);
        continue;
      }
      await makeRoom(transaction, info);
      await clips.add(info);
      await transaction.objectStore('unlisted').delete(info.id);
      await keepLabels(transaction, labels);
      added.push(info);
    }
    await keepLabels(transaction, labels);
    await alongside(transaction);
    return added;
  });
}

/** The record, with a new id if another sound has its id. */
async function withFreeId(
  transaction: Transaction<'clips' | 'samples', 'readonly'>,
  record: ClipRecord,
): Promise<ClipRecord> {
  const { info } = record;
  const [clip, samples] = await Promise.all([
    transaction.objectStore('clips').get(info.id),
    transaction.objectStore('samples').getKey(info.id),
  ]);
  // A row with the same sound that has lost its samples makes room.
  const isFree = samples === undefined && (clip === undefined || clip.hash === info.hash);
  return isFree ? record : { ...record, info: { ...info, id: crypto.randomUUID() } };
}
