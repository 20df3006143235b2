import type { SoundEvent } from '../../shared/contracts/sound-event';

/** What is needed of an event to place it. */
type Reviewed = Pick<SoundEvent, 'id' | 'peakProbability' | 'threshold' | 'verdict'>;

/** `teaching`: nearest its threshold first. `strength`: strongest first. `random`: the honest sample for precision. */
export type ReviewOrder = 'teaching' | 'strength' | 'random';

/** The events without a verdict, in the order in which a person reviews them. Equal ones keep their order. */
export function reviewOrder<Event extends Reviewed>(events: readonly Event[], order: ReviewOrder): Event[] {
  const rank: Record<ReviewOrder, (event: Event) => number> = {
    teaching: ({ peakProbability, threshold }) => Math.abs(peakProbability - threshold),
    strength: ({ peakProbability }) => -peakProbability,
    random: ({ id }) => spread(id),
  };
  return events
    .filter(({ verdict }) => verdict === undefined)
    .map((event) => ({ event, rank: rank[order](event) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ event }) => event);
}

/** FNV-1a: spreads ids evenly, and the same way at every visit, so that a review goes on where it stopped. */
function spread(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  // The last characters would otherwise hardly reach the high bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
