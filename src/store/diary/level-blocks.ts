import { LEVEL_SPAN_SECONDS, type LevelSpan } from '../../shared/contracts/sound-event';
import { groupBy } from '../../shared/lib/group-by';
import { LAST_DATE_MS } from '../../shared/lib/schemas';
import type { Transaction } from '../database';

const SPAN_MS = 1000 * LEVEL_SPAN_SECONDS;

/** Spans of a block. It is written every second: a larger one would wear the disk, smaller ones are slower to read. */
const BLOCK_SPANS = 30;

const BLOCK_MS = BLOCK_SPANS * SPAN_MS;

/** Numbers of a span: minimum, mean, maximum, LAeq, and the seconds heard; 0 of these if nothing was heard. */
const SPAN_NUMBERS = 5;

/** Which of them is the seconds heard. */
const HEARD_SECONDS = 4;

/** A span that the clock made too long counts a little more than it lasts. */
export const MOST_HEARD_SECONDS = LEVEL_SPAN_SECONDS + 1;

/** Levels of five minutes, [spans, numbers of a span]. Its key is its start divided by its length. */
type LevelBlock = Float32Array<ArrayBuffer>;

type LevelStore = ReturnType<Transaction<'levels'>['objectStore']>;

/** Adds parts of spans to what is stored of them. */
export function addLevels(transaction: Transaction<'levels'>, parts: readonly LevelSpan[]): Promise<void> {
  return changeSpans(transaction, parts, joined);
}

/** Adds spans in which nothing was heard so far. */
export function addMissingLevels(transaction: Transaction<'levels'>, spans: readonly LevelSpan[]): Promise<void> {
  return changeSpans(transaction, spans, (known, span) => (known.heardSeconds > 0 ? known : span));
}

/** Keys of the first and the last block of levels; undefined if there are none. */
export async function levelBounds(
  transaction: Transaction<'levels', 'readonly'>,
): Promise<{ first: number; last: number } | undefined> {
  const store = transaction.objectStore('levels');
  const numbers = IDBKeyRange.bound(-LAST_DATE_MS, LAST_DATE_MS);
  const [first, last] = await Promise.all([store.openKeyCursor(numbers, 'next'), store.openKeyCursor(numbers, 'prev')]);
  return first && last ? { first: Math.floor(first.key), last: Math.floor(last.key) } : undefined;
}

/** End of a block in milliseconds since the epoch, by its key. */
export function blockEndMs(key: number): number {
  return (key + 1) * BLOCK_MS;
}

async function changeSpans(
  transaction: Transaction<'levels'>,
  parts: readonly LevelSpan[],
  changed: (known: LevelSpan, span: LevelSpan) => LevelSpan,
): Promise<void> {
  const store = transaction.objectStore('levels');
  for (const [key, spans] of groupBy(parts, ({ startMs }) => Math.floor(startMs / BLOCK_MS))) {
    const stored: unknown = await store.get(key);
    if (stored !== undefined && !isLevelBlock(stored)) await makeRoom(store, key, stored);
    const block = isLevelBlock(stored) ? stored : new Float32Array(BLOCK_SPANS * SPAN_NUMBERS);
    for (const span of spans) {
      const index = Math.floor((span.startMs - key * BLOCK_MS) / SPAN_MS);
      setSpan(block, index, changed(spanOf(block, key, index), span));
    }
    await store.put(block, key);
  }
}

/** Levels between two moments, oldest first. Spans in which nothing was heard are left out. */
export async function readLevels(
  transaction: Transaction<'levels', 'readonly'>,
  fromMs: number,
  toMs: number,
): Promise<LevelSpan[]> {
  const store = transaction.objectStore('levels');
  const range = IDBKeyRange.bound(Math.floor(fromMs / BLOCK_MS), Math.floor(toMs / BLOCK_MS));
  const [keys, blocks] = await Promise.all([store.getAllKeys(range), store.getAll(range) as Promise<unknown[]>]);
  return blocks.flatMap((block, i) => {
    const key = keys[i];
    if (!isBlockKey(key) || !isLevelBlock(block)) return [];
    const spans = Array.from({ length: BLOCK_SPANS }, (_, index) => spanOf(block, key, index));
    return spans.filter((span) => span.heardSeconds > 0 && span.startMs >= fromMs && span.startMs < toMs);
  });
}

/** Deletes the levels before a moment, to the block. */
export async function deleteLevels(transaction: Transaction<'levels'>, beforeMs: number): Promise<void> {
  await transaction.objectStore('levels').delete(IDBKeyRange.upperBound(Math.floor(beforeMs / BLOCK_MS), true));
}

/** One span of two parts of it. */
function joined(a: LevelSpan, b: LevelSpan): LevelSpan {
  if (a.heardSeconds === 0) return b;
  const heardSeconds = a.heardSeconds + b.heardSeconds;
  const mean = (levelA: number, levelB: number): number =>
    10 * Math.log10((a.heardSeconds * 10 ** (levelA / 10) + b.heardSeconds * 10 ** (levelB / 10)) / heardSeconds);
  return {
    startMs: b.startMs,
    minimumDb: Math.min(a.minimumDb, b.minimumDb),
    meanDb: mean(a.meanDb, b.meanDb),
    maximumDb: Math.max(a.maximumDb, b.maximumDb),
    laeqDb: mean(a.laeqDb, b.laeqDb),
    // The clock can have been set back: the span was heard twice.
    heardSeconds: Math.min(heardSeconds, LEVEL_SPAN_SECONDS),
  };
}

function spanOf(block: LevelBlock, key: number, index: number): LevelSpan {
  const [minimumDb, meanDb, maximumDb, laeqDb, heardSeconds] = block.subarray(SPAN_NUMBERS * index) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { startMs: key * BLOCK_MS + index * SPAN_MS, minimumDb, meanDb, maximumDb, laeqDb, heardSeconds };
}

function setSpan(block: LevelBlock, index: number, span: LevelSpan): void {
  const { minimumDb, meanDb, maximumDb, laeqDb, heardSeconds } = span;
  block.set([minimumDb, meanDb, maximumDb, laeqDb, heardSeconds], SPAN_NUMBERS * index);
}

/** Whether a key can be that of a block. A database can hold others, because of a fault or manual changes. */
export function isBlockKey(key: unknown): key is number {
  return Number.isInteger(key) && Math.abs((key as number) * BLOCK_MS) <= LAST_DATE_MS;
}

/** Whether a stored block can be used: finite levels, and no span that was heard for much longer than it lasts. */
export function isLevelBlock(value: unknown): value is LevelBlock {
  return (
    value instanceof Float32Array &&
    value.length === BLOCK_SPANS * SPAN_NUMBERS &&
    value.every((number, i) =>
      i % SPAN_NUMBERS === HEARD_SECONDS ? number >= 0 && number <= MOST_HEARD_SECONDS : Number.isFinite(number),
    )
  );
}

/**
 * Moves an unusable block to a key at which no levels are written or read, so that new ones don't replace it: a person can
 * still export it.
 */
async function makeRoom(store: LevelStore, key: number, block: unknown): Promise<void> {
  const others = await store.count(IDBKeyRange.bound([key], [key, []]));
  await store.put(block as LevelBlock, [key, others] as unknown as number);
}
