import type { LevelSpan } from '../../shared/contracts/sound-event';

/** Equivalent level of a stretch and its extremes, in dB. */
export interface LevelSummary {
  readonly laeqDb: number;
  readonly minimumDb: number;
  readonly maximumDb: number;
  readonly heardSeconds: number;
}

/** The level of all spans together: the mean of their powers, weighted by how long each was heard. */
export function levelSummary(spans: Iterable<LevelSpan>): LevelSummary | undefined {
  let power = 0;
  let heardSeconds = 0;
  let minimumDb = Number.POSITIVE_INFINITY;
  let maximumDb = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    power += 10 ** (span.laeqDb / 10) * span.heardSeconds;
    heardSeconds += span.heardSeconds;
    minimumDb = Math.min(minimumDb, span.minimumDb);
    maximumDb = Math.max(maximumDb, span.maximumDb);
  }
  if (heardSeconds === 0) return undefined;
  return { laeqDb: 10 * Math.log10(power / heardSeconds), minimumDb, maximumDb, heardSeconds };
}
