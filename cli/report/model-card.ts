import type { ModelFigures } from '../../src/shared/contracts/model/model-figures';
import { en } from '../../src/ui/messages/en';
import { judge, namedLabels, type ScoredClips } from '../evaluation/evaluation';
import { type Summary, table } from '../evaluation/summary';
import { decimals, interval } from './figure-text';

const BEGIN = '<!-- figures: begin, written by npm run evaluate:all -->';
const END = '<!-- figures: end -->';

/** The part of a model card that is generated from an evaluation, between its markers. */
export function cardFigures(summary: Summary, pooled: ScoredClips, figures: ModelFigures): string {
  const { confusions } = judge(pooled, namedLabels(pooled.rows), 'named');
  const rows = figures.labels.map(({ id, positives, auc, aucLow, aucHigh, averagePrecision }) =>
    [`| ${id}`, positives, decimals(auc), interval(aucLow, aucHigh), `${decimals(averagePrecision)} |`].join(' | '),
  );
  return [
    'Where there are brackets, the figure is the mean over the folds, followed by the lowest and the highest.',
    '',
    table(summary),
    '',
    `By label, on ${en.testSet(figures.measuredOn, figures.clips)}; the AUC with its 95 % interval:`,
    '',
    '| label | positives | AUC | from–to | average precision |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `Most often confused: ${confusions.map((c) => `${c.sounding} heard as ${c.heard} (${c.clips})`).join(', ')}.`,
  ].join('\n');
}

/** A card with the part between its markers replaced. @throws Error if it has no markers. */
export function withFigures(card: string, figures: string): string {
  const begin = card.indexOf(BEGIN);
  const end = card.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the model card needs the lines\n${BEGIN}\n${END}`);
  return `${card.slice(0, begin)}${BEGIN}\n\n${figures}\n\n${card.slice(end)}`;
}
