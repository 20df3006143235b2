import type { FieldFigures } from '../scenes/python-figures';
import { falseAlarmRates, foundShare, type SceneFigures } from '../scenes/report';

/** How many labels the list of false alarms names. */
const MOST_LABELS = 12;

/** Figures of scenes beside what they must reach, as Markdown. @param field undefined if Python could not measure. */
export function sceneTable(model: string, figures: SceneFigures, field: FieldFigures | undefined): string {
  const { mean, worst } = falseAlarmRates(figures);
  const found = foundShare(figures);
  const rows: [figure: string, value: string, must: string][] = [
    ['calibration error of moments, outputs ≥ 0.05', decimals(figures.momentsError), '≤ 0.03'],
    ['false alarms an hour and label, mean', decimals(mean, 2), '≤ 0.5'],
    ['false alarms an hour, worst label', decimals(worst, 1), '≤ 3'],
    ['soundings detected', found === null ? '–' : `${(100 * found).toFixed(1)} %`, '–'],
    ['event-based F1, onset ± 0.5 s: mean of labels / all events', both(field?.f1Macro, field?.f1Micro), '–'],
    ['PSDS 1 / PSDS 2', both(field?.psds1, field?.psds2), '–'],
  ];
  const alarms = figures.labels
    .filter(({ falseAlarms }) => falseAlarms > 0)
    .toSorted((a, b) => b.falseAlarms - a.falseAlarms)
    .slice(0, MOST_LABELS)
    .map(({ id, falseAlarms }) => `${id} ${falseAlarms}`);
  return [
    `${model}: ${figures.scenes} scenes, ${figures.hours.toFixed(2)} hours, ${figures.labels.length} labels`,
    '',
    '| figure | value | must |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    '| kind of scene | hours | false alarms an hour, all labels together |',
    '| --- | --- | --- |',
    ...figures.ofKind.map(
      ({ kind, hours, falseAlarms }) => `| ${kind} | ${hours.toFixed(2)} | ${(falseAlarms / hours).toFixed(1)} |`,
    ),
    '',
    `Most false alarms: ${alarms.join(', ') || 'none'}`,
    '',
    '| moments given | outputs | the sound was there |',
    '| --- | --- | --- |',
    ...figures.reliability
      .filter(({ count }) => count > 0)
      .map(
        ({ meanProbability, share, count }) =>
          `| ${decimals(meanProbability)} | ${count} | ${(100 * share).toFixed(1)} % |`,
      ),
  ].join('\n');
}

function decimals(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

function both(first: number | undefined, second: number | undefined): string {
  return `${decimals(first)} / ${decimals(second)}`;
}
