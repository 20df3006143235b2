import { reliabilityBins } from '../../src/metrics/calibration/reliability';
import { pooledOutputs, selectPredictions } from '../../src/metrics/predictions';
import { macroRoc } from '../../src/metrics/roc/macro-roc';
import type { ReliabilityBin } from '../../src/shared/contracts/model/figures';
import { namedLabels, outputsOfNamed, type ScoredClips } from './evaluation';
import { type FoldFigures, type Headline, pooledScores, type SetFigures } from './fold-figures';

/** A figure over the folds: mean, minimum and maximum. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

type SpreadHeadline = { readonly [figure in keyof Headline]: Spread | null };

/** One set over all folds. */
export interface SetSummary {
  /** Clips of all folds. */
  readonly clips: number;
  readonly model: SpreadHeadline;
  readonly uncalibratedEce: Spread | null;
  readonly quietWindows: Spread | null;
  readonly peer: SpreadHeadline | null;
  readonly macroAucLead: Spread | null;
  /** Number of labels on which the peer leads. */
  readonly labelsPeerLeads: Spread | null;
}

export type Summary = Readonly<Record<string, SetSummary>>;

/** Mean and spread over the folds, for every set that a fold has. */
export function summarise(folds: readonly FoldFigures[]): Summary {
  const names = [...new Set(folds.flatMap(({ sets }) => Object.keys(sets)))];
  return Object.fromEntries(names.map((name) => [name, summariseSet(folds.flatMap(({ sets }) => sets[name] ?? []))]));
}

function summariseSet(sets: readonly SetFigures[]): SetSummary {
  const peers = sets.flatMap(({ peer }) => peer ?? []);
  return {
    clips: sets.reduce((sum, { clips }) => sum + clips, 0),
    model: spreadHeadline(sets.map(({ model }) => model)),
    uncalibratedEce: spread(sets.map((set) => set.uncalibratedEce)),
    quietWindows: spread(sets.map((set) => set.quietWindows)),
    peer: peers.length === 0 ? null : spreadHeadline(peers),
    macroAucLead: spread(sets.map((set) => set.macroAucLead?.value ?? null)),
    labelsPeerLeads: spread(sets.map((set) => (set.peer === null ? null : set.labelsPeerLeads.length))),
  };
}

function spreadHeadline(headlines: readonly Headline[]): SpreadHeadline {
  const of = (figure: keyof Headline): Spread | null => spread(headlines.map((headline) => headline[figure]));
  return {
    accuracy: of('accuracy'),
    accuracyLoss: of('accuracyLoss'),
    macroAuc: of('macroAuc'),
    mAP: of('mAP'),
    reliableEce: of('reliableEce'),
    allLabelsEce: of('allLabelsEce'),
    presentButSurelyNot: of('presentButSurelyNot'),
    absentButSurely: of('absentButSurely'),
  };
}

function spread(values: readonly (number | null)[]): Spread | null {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0) return null;
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return { mean, low: Math.min(...defined), high: Math.max(...defined) };
}

const columns: readonly (readonly [keyof Headline, string, 'percent' | 'decimals'])[] = [
  ['accuracy', 'accuracy', 'percent'],
  ['accuracyLoss', 'loss against clean', 'percent'],
  ['macroAuc', 'macro AUC', 'decimals'],
  ['mAP', 'mAP', 'decimals'],
  ['reliableEce', 'calibration error, outputs ≥ 0.05', 'decimals'],
  ['allLabelsEce', 'the same, all labels', 'decimals'],
  ['presentButSurelyNot', 'present, given < 0.001', 'percent'],
  ['absentButSurely', 'absent, given > 0.999', 'percent'],
];

/** The summary as a Markdown table: the mean, with the lowest and highest fold in brackets if they differ. */
export function table(summary: Summary): string {
  const rows: string[][] = [['set', 'clips', 'system', ...columns.map(([, head]) => head)]];
  rows.push(rows[0]?.map(() => '---') as string[]);
  for (const [set, { clips, model, peer, quietWindows }] of Object.entries(summary)) {
    if (quietWindows !== null) continue;
    rows.push([set, String(clips), 'model', ...cells(model)]);
    if (peer !== null) rows.push(['', '', 'YAMNet', ...cells(peer)]);
  }
  const lines = rows.map((row) => `| ${row.join(' | ')} |`);
  for (const [set, { labelsPeerLeads, quietWindows }] of Object.entries(summary)) {
    if (quietWindows !== null)
      lines.push('', `${set}: every meter below 0.5 in ${cell(quietWindows, 'percent')} of windows`);
    if (labelsPeerLeads !== null && set === 'outside') {
      lines.push('', `${set}: labels where YAMNet leads by more than 0.02 AUC: ${cell(labelsPeerLeads, 'count')}`);
    }
  }
  return lines.join('\n');
}

function cells(headline: SpreadHeadline): string[] {
  return columns.map(([figure, , unit]) => cell(headline[figure], unit));
}

function cell(value: Spread | null, unit: 'percent' | 'decimals' | 'count'): string {
  if (value === null) return '–';
  const text = (number: number): string => {
    if (unit === 'percent') return (100 * number).toFixed(1).replace('-', '−');
    return unit === 'count' ? String(Number(number.toFixed(1))) : number.toFixed(3);
  };
  const { mean, low, high } = value;
  const range = low === high ? '' : ` (${text(low)}–${text(high)})`;
  return `${text(mean)}${unit === 'percent' ? ' %' : ''}${range}`;
}

/** Points of the ROC curves drawn in docs/figures. */
const ROC_STEPS = 200;

/** Macro ROC curves of the model and of the peer: true-positive rates at evenly spaced false-positive rates. */
interface DrawnRoc {
  readonly model: readonly number[];
  readonly peer: readonly number[] | null;
}

/** Data of docs/figures, for the clips of all folds together. */
export interface DrawnFigures {
  readonly roc: Readonly<Record<string, DrawnRoc>>;
  readonly reliability: Readonly<
    Record<string, { readonly before: readonly ReliabilityBin[]; readonly after: readonly ReliabilityBin[] }>
  >;
}

/** Curves for single clips, for mixtures, and for recordings from elsewhere. */
export function drawnFigures(folds: readonly FoldFigures[]): DrawnFigures {
  const sets = ['clean', 'mixture-2', 'outside'].filter((set) => folds.some(({ scores }) => scores.has(set)));
  const rocOf = (scored: ScoredClips): number[] =>
    macroRoc(outputsOfNamed(scored, namedLabels(scored.rows)), ROC_STEPS);
  const hasPeer = (set: string): boolean => folds.some(({ scores }) => scores.get(set)?.peer);
  return {
    roc: Object.fromEntries(
      sets.map((set) => [
        set,
        {
          model: rocOf(pooledScores(folds, [set])),
          peer: hasPeer(set) ? rocOf(pooledScores(folds, [set], 'peer')) : null,
        },
      ]),
    ),
    reliability: Object.fromEntries(
      sets.map((set) => [
        set,
        {
          before: binsOf(pooledScores(folds, [set], 'uncalibrated')),
          after: binsOf(pooledScores(folds, [set])),
        },
      ]),
    ),
  };
}

function binsOf({ ids, rows, predictions }: ScoredClips): ReliabilityBin[] {
  const named = namedLabels(rows);
  const judged = [...ids.keys()].filter((label) => named.has(ids[label] as string));
  return reliabilityBins(pooledOutputs(selectPredictions(predictions, [...rows.keys()], judged)));
}
