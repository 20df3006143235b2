import type { ModelFigures } from '../../src/shared/contracts/model/model-figures';
import { judge, namedLabels, type ScoredClips } from './evaluation';

/** A model folder's `figures.json` for the page. @param measuredOn a `KnownTestSet`, or the test set's name. */
export function modelFigures(scored: ScoredClips, measuredOn: string, date: Date): ModelFigures {
  const figures = judge(scored, namedLabels(scored.rows), 'named');
  const bins = figures.reliability.length;
  return {
    measuredOn,
    date: date.toISOString().slice(0, 10),
    clips: figures.clips,
    reliability: figures.reliability.map(({ count, meanProbability, share }, i) => ({
      from: i / bins,
      to: (i + 1) / bins,
      meanProbability,
      share,
      count,
    })),
    labels: figures.labels.map(({ id, auc, aucLow, aucHigh, ap, positives }) => ({
      id,
      auc,
      aucLow,
      aucHigh,
      averagePrecision: ap,
      positives,
    })),
  };
}
