import type { ClipInfo } from '../../shared/contracts/clip';
import type { Transaction } from '../database';
import { goodRows } from '../row-schemas';

/**
 * Records requested at once. The browser delivers the answers to a batch in one task, so thousands in one would block
 * the page.
 */
const PIECE = 200;

/** Every usable clip in the list, by id. */
export async function everyClip(transaction: Transaction<'clips', 'readonly' | 'readwrite'>): Promise<ClipInfo[]> {
  const store = transaction.objectStore('clips');
  const clips: ClipInfo[] = [];
  let last: ClipInfo | undefined;
  for (;;) {
    const piece: ClipInfo[] = await store.getAll(last && IDBKeyRange.lowerBound(last.id, true), PIECE);
    clips.push(...goodRows('clips', piece));
    last = piece.at(-1);
    if (piece.length < PIECE) return clips;
  }
}

/** Runs a request for each item, in batches. @returns the answers in order. */
export async function inPieces<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let first = 0; first < items.length; first += PIECE) {
    answers.push(...(await Promise.all(items.slice(first, first + PIECE).map(ask))));
  }
  return answers;
}
