import { isKnownTestSet, type KnownTestSet } from '../../../shared/contracts/model/test-set';
import { clipNameIn } from '../clip-name';
import { clips } from './words';

/** The name of a clip: the person's, or one made from the time it was kept. */
export const clipName = clipNameIn('en-GB', (when) => `Snippet ${when}`);

const testSets: Readonly<Record<KnownTestSet, (clips: number) => string>> = {
  'held-out-fold': (count) => `${clips(count)} that were kept out of its training`,
  'held-out-folds': (count) => `${clips(count)}, each judged by a model that was not trained on it`,
};

/** What a model was measured on. An unknown test set keeps its own name. */
export const testSet = (set: string, count: number): string => (isKnownTestSet(set) ? testSets[set](count) : set);
