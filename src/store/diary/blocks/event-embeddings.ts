import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { groupBy } from '../../../shared/lib/group-by';
import { signedBytes } from '../../../shared/lib/math/similarity';

/** The embeddings of one backbone in a block, as {@link signedBytes}: half the size of those in the rows. */
export interface StoredEmbeddings {
  readonly backbone: string;
  /** Values of an embedding. */
  readonly size: number;
  /** Ascending. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** [keys, size] */
  readonly bytes: Int8Array<ArrayBuffer>;
}

/** An event with an embedding. */
type Embedded = SoundEvent & Required<Pick<SoundEvent, 'embedding' | 'backbone'>>;

export function isEmbedded(event: SoundEvent | undefined): event is Embedded {
  return event?.embedding !== undefined && event.backbone !== undefined;
}

/** Packs the embeddings of a block, by backbone. @param events by ascending keys. */
export function packEmbeddings(events: ReadonlyMap<number, SoundEvent>): StoredEmbeddings[] {
  const embedded = [...events].filter((entry): entry is [number, Embedded] => isEmbedded(entry[1]));
  const groups = groupBy(embedded, ([, { backbone, embedding }]) => `${embedding.length} ${backbone}`);
  return [...groups.values()].map((group) => {
    const [, { backbone, embedding }] = group[0] as [number, Embedded];
    const size = embedding.length;
    const bytes = new Int8Array(size * group.length);
    for (const [i, [, event]] of group.entries()) bytes.set(signedBytes(event.embedding), size * i);
    return { backbone, size, keys: Uint32Array.from(group, ([key]) => key), bytes };
  });
}

/**
 * The same without deleted events; undefined if other embeddings changed, so that they must be packed anew.
 *
 * @param changes by key; undefined: the event was deleted.
 */
export function withoutDeleted(
  stored: readonly StoredEmbeddings[],
  changes: ReadonlyMap<number, SoundEvent | undefined>,
): readonly StoredEmbeddings[] | undefined {
  const deleted = new Set<number>();
  for (const [key, event] of changes) {
    if (!event) deleted.add(key);
    else if (isEmbedded(event) && !isStored(stored, key, event)) return undefined;
  }
  if (!stored.some(({ keys }) => keys.some((key) => deleted.has(key)))) return stored;
  return stored.map(({ backbone, size, keys, bytes }) => {
    const rows = [...keys.keys()].filter((row) => !deleted.has(keys[row] as number));
    const left = new Int8Array(size * rows.length);
    for (const [i, row] of rows.entries()) left.set(bytes.subarray(size * row, size * (row + 1)), size * i);
    return { backbone, size, keys: Uint32Array.from(rows, (row) => keys[row] as number), bytes: left };
  });
}

/** Whether a value that was stored as embeddings still is some. */
export function areEmbeddings(value: unknown): value is readonly StoredEmbeddings[] {
  if (!Array.isArray(value)) return false;
  return (value as Partial<StoredEmbeddings>[]).every(
    ({ backbone, size, keys, bytes }) =>
      typeof backbone === 'string' &&
      keys instanceof Uint32Array &&
      bytes instanceof Int8Array &&
      bytes.length === keys.length * Number(size),
  );
}

function isStored(stored: readonly StoredEmbeddings[], key: number, { backbone, embedding }: Embedded): boolean {
  const group = stored.find((known) => known.backbone === backbone && known.size === embedding.length);
  const row = group ? group.keys.indexOf(key) : -1;
  if (!group || row < 0) return false;
  const bytes = signedBytes(embedding);
  return bytes.every((value, i) => value === group.bytes[group.size * row + i]);
}
