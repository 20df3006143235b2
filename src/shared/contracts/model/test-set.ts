/**
 * Test sets that the page describes in the person's language: parts of the data that the measured model was not trained
 * on.
 */
const knownTestSets = ['held-out-fold', 'held-out-folds'] as const;

export type KnownTestSet = (typeof knownTestSets)[number];

export function isKnownTestSet(set: string): set is KnownTestSet {
  return knownTestSets.some((known) => known === set);
}
