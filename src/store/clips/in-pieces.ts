import type { ClipInfo } from '../../shared/contracts/clip';
import type { Transaction } from '../database';
import { goodRows } from '../row-schemas';

/**
 * Records that are asked for at once. The browser hands over the answers to a piece in one task, so thousands in one
 * would hold up the page.
 */
const PIECE = 200;

/** Every clip in the list that can be used, by id. */
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

/** Asks for something of each of many, a piece of them at a time. @returns the answers in their order. */
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
