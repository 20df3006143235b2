import { isSound } from '../../../shared/lib/files/wav';
import { Pauses } from '../../../shared/lib/pause';
import { faultOfRow, nameOfRow } from '../../damage';
import type { Database } from '../../database';
import { type Changes, type EventTransaction, updateEvent } from '../event-changes';
import { deleteClip } from '../event-clips';
import { eventClipRow } from '../event-row';
import type { DamagedEntry, DamagedRow } from './damaged-entry';

/** Sounds that are read together: thousands would not fit into memory. */
const PIECE = 8;

/** The unusable sounds of events: a wrong row, a wrong or missing WAV file, or a file without its row. */
export async function damagedClips(database: Database): Promise<DamagedRow[]> {
  const stores = ['eventClips', 'eventSounds'] as const;
  const [clipKeys, soundKeys] = await database.read([...stores], (transaction) =>
    Promise.all(stores.map((store) => transaction.objectStore(store).getAllKeys() as Promise<IDBValidKey[]>)),
  );
  const keys = [...new Set([...(clipKeys ?? []), ...(soundKeys ?? [])])];
  const pauses = new Pauses();
  const found: DamagedRow[] = [];
  for (let at = 0; at < keys.length; at += PIECE) {
    const piece = keys.slice(at, at + PIECE);
    const rows = await database.read([...stores], (transaction) =>
      Promise.all(piece.flatMap((key) => stores.map((store) => transaction.objectStore(store).get(key as string)))),
    );
    for (const [i, key] of piece.entries()) {
      const [clip, sound] = rows.slice(2 * i, 2 * i + 2) as [unknown, unknown];
      const fault = faultOf(clip, sound);
      if (fault)
        found.push({ store: 'eventClips', key, name: nameOfRow(clip, key, ['label']), ...fault, row: { clip, sound } });
    }
    await pauses.take();
  }
  return found;
}

/** Deletes an unusable sound. Its event stays, without it. */
export async function deleteDamagedClip(
  transaction: EventTransaction,
  key: IDBValidKey,
  changes: Changes,
): Promise<void> {
  const clip: unknown = await transaction.objectStore('eventClips').get(key as string);
  const sound: unknown = await transaction.objectStore('eventSounds').get(key as string);
  if (!faultOf(clip, sound)) return;
  await deleteClip(transaction, key as string);
  await updateEvent(transaction, key as string, ({ clip: _, ...rest }) => rest, changes);
}

function faultOf(clip: unknown, sound: unknown): Pick<DamagedEntry, 'where' | 'why'> | undefined {
  const fault = faultOfRow(eventClipRow, clip);
  if (fault || isSound(sound)) return fault;
  return { where: '', why: sound === undefined ? 'sound-missing' : 'not-sound' };
}
