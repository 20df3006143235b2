import type { Changes, EventTransaction } from './event-changes';
import { deleteClip } from './event-clips';

/** Events deleted together, so that others get their turn. */
const EVENTS_AT_ONCE = 1000;

/** Which events are deleted: those from before a moment, and the oldest beyond a number. */
export interface Surplus {
  readonly beforeMs: number;
  readonly count: number;
}

/** Deletes the oldest surplus events, except those with a sound that a person kept. @returns how many. */
export async function deleteSurplus(
  transaction: EventTransaction,
  { beforeMs, count }: Surplus,
  changes: Changes,
): Promise<number> {
  const store = transaction.objectStore('events');
  const kept = await keptKeys(transaction);
  const keys: number[] = [];
  let oldest = await store.index('time').openKeyCursor();
  while (oldest && keys.length < EVENTS_AT_ONCE && (oldest.key < beforeMs || keys.length < count)) {
    if (!kept.has(oldest.primaryKey)) keys.push(oldest.primaryKey);
    oldest = await oldest.continue();
  }
  for (const key of keys) {
    const id = (await store.get(key))?.id;
    await store.delete(key);
    if (id !== undefined) await deleteClip(transaction, id);
    changes.set(key, undefined);
  }
  return keys.length;
}

async function keptKeys(transaction: EventTransaction): Promise<Set<number>> {
  const clips = await transaction.objectStore('eventClips').getAll();
  const ids = transaction.objectStore('events').index('id');
  const keys = await Promise.all(clips.filter(({ isKept }) => isKept).map(({ event }) => ids.getKey(event)));
  return new Set(keys.filter((key) => key !== undefined));
}
