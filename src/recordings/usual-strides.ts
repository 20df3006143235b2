import type { FeatureSpec } from '../shared/contracts/model/feature-spec';

/**
 * Windows in a second of a recording. `npm run bench:event-times -- --every 2,4` says what fewer cost: with four, events
 * start as exactly as with eight, at half the cost; with two, fewer than nine in ten start within half a second.
 */
const WINDOWS_PER_SECOND = 4;

/** Strides of a network from one window of a recording to the next, in the page as on the command line. */
export function usualStrides({ sampleRateHz, hopSamples }: FeatureSpec, strideColumns: number): number {
  const stridesPerSecond = sampleRateHz / hopSamples / strideColumns;
  return Math.max(1, Math.round(stridesPerSecond / WINDOWS_PER_SECOND));
}
