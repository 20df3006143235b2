import { Pauses } from '../../../shared/lib/pause';
import type { RowFault } from '../../damage';
import type { Database, Transaction } from '../../database';
import { blockEndMs, isBlockKey, isLevelBlock } from '../level-blocks';
import type { DamagedRow } from './damaged-entry';

/** Blocks that are read together: those of three and a half days. */
const PIECE = 1000;

/** The unusable blocks of levels. */
export async function damagedLevels(database: Database): Promise<DamagedRow[]> {
  const pauses = new Pauses();
  const found: DamagedRow[] = [];
  let range: IDBKeyRange | undefined;
  do {
    const [keys, blocks] = await database.read(['levels'], (transaction) => {
      const store = transaction.objectStore('levels');
      return Promise.all([
        store.getAllKeys(range, PIECE) as Promise<IDBValidKey[]>,
        store.getAll(range, PIECE) as Promise<unknown[]>,
      ]);
    });
    for (const [i, row] of blocks.entries()) {
      const key = keys[i] as IDBValidKey;
      const fault = faultOf(key, row);
      if (fault) found.push({ store: 'levels', key, name: nameOf(key), ...fault, row });
    }
    range = keys.length < PIECE ? undefined : IDBKeyRange.lowerBound(keys.at(-1), true);
    await pauses.take();
  } while (range);
  return found;
}

/** Deletes an unusable block. */
export async function deleteDamagedLevels(transaction: Transaction<'levels'>, key: IDBValidKey): Promise<void> {
  const store = transaction.objectStore('levels');
  if (faultOf(key, await store.get(key as number))) await store.delete(key as number);
}

function faultOf(key: IDBValidKey, block: unknown): RowFault | undefined {
  if (isBlockKey(key) && isLevelBlock(block)) return undefined;
  return { where: '', why: block instanceof Float32Array ? 'out-of-range' : 'wrong-type' };
}

/** The time of a block, or of the one that it made room for, in a form that is the same in every language of the page. */
function nameOf(key: IDBValidKey): string {
  const number = Array.isArray(key) ? key[0] : key;
  return isBlockKey(number) ? new Date(blockEndMs(number - 1)).toLocaleString('sv') : String(key);
}
