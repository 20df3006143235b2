import { isKnownTestSet, type KnownTestSet } from '../../../shared/contracts/model/test-set';
import { clipNameIn } from '../clip-name';
import { clips } from './words';

export const clipName = clipNameIn('de', (when) => `Ausschnitt ${when}`);

const testSets: Readonly<Record<KnownTestSet, (clips: number) => string>> = {
  'held-out-fold': (count) => `${clips(count)}, die nicht zum Training gehörten`,
  'held-out-folds': (count) => `${clips(count)}, jeder beurteilt von einem Modell, das nicht mit ihm trainiert wurde`,
};

export const testSet = (set: string, count: number): string => (isKnownTestSet(set) ? testSets[set](count) : set);
