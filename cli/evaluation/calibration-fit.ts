import { type ClipLogits, fitPooledPlatt, pooledLoss } from '../../src/metrics/calibration/pooled-platt';
import { clipProbabilities } from '../../src/metrics/pooling';
import { bestF1Threshold, lowestThresholdWithPrecision } from '../../src/metrics/thresholds';
import { bentLogit, type Calibration } from '../../src/model/folder/calibration';
import { logitProbabilities } from '../../src/model/head/head';
import { hierarchyOf } from '../../src/model/head/hierarchy';
import { labelsAbove } from '../../src/shared/contracts/model/label';
import type { Thresholds } from '../../src/shared/contracts/model/model-figures';
import { type LogitsFile, labelsOfLogits } from '../clips/clip-logits';

const PRECISION = 0.95;

/**
 * The clips of several logits files together.
 *
 * @throws Error if their models have different labels, or there is no file.
 */
export function joinLogits(files: readonly LogitsFile[]): LogitsFile {
  const [first] = files;
  if (first === undefined) throw new Error('there are no logits');
  if (!files.every(({ labels }) => labels.join() === first.labels.join())) {
    throw new Error('the files of logits are of models with different labels');
  }
  const { labels, parents } = first;
  return { labels, ...(parents && { parents }), clips: files.flatMap(({ clips }) => clips) };
}

/** Range of bends to search, and the search's precision. */
const bends = { least: 0.5, most: 4, tolerance: 0.05 };

/**
 * Fits one bend for all labels, and a line per label, to clips that the networks were not trained on. A label that no
 * clip names has nothing to be fitted to: it gets the line of all the others together.
 */
export function fitCalibration(file: LogitsFile): Required<Omit<Calibration, 'clip'>> {
  const { labels, clips } = file;
  const present = presentLabels(file);
  const named = new Set(present.flatMap((ids) => [...ids]));
  const bentBy = (bend: number): ClipLogits[][] =>
    labels.map((id, label) =>
      clips.map((clip, i) => ({
        logits: Float32Array.from(clip.logits, (row) => bentLogit(row[label] as number, bend)),
        truth: present[i]?.has(id) ? 1 : 0,
      })),
    );
  const isNamed = (label: number): boolean => named.has(labels[label] as string);
  const together = (ofLabel: ClipLogits[][]): ClipLogits[] => ofLabel.filter((_, label) => isNamed(label)).flat();
  const bend = minimum(bends, (tried) => {
    const all = together(bentBy(tried));
    return pooledLoss(fitPooledPlatt(all), all);
  });
  const ofLabel = bentBy(bend);
  const common = fitPooledPlatt(together(ofLabel));
  const lines = ofLabel.map((own, label) => (isNamed(label) ? fitPooledPlatt(own, common) : common));
  return {
    scale: lines.map(({ scale }) => scale),
    offset: lines.map(({ offset }) => offset),
    bend: lines.map(() => bend),
  };
}

/** For each clip, its labels and all above them. */
function presentLabels(file: LogitsFile): Set<string>[] {
  const above = labelsAbove(labelsOfLogits(file));
  return file.clips.map(({ labels }) => new Set(labels.flatMap((id) => [id, ...(above.get(id) ?? [])])));
}

/** Minimum of a unimodal function, by golden-section search. */
function minimum({ least, most, tolerance }: typeof bends, valueAt: (x: number) => number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [least, most];
  const at = (x: number) => ({ x, value: valueAt(x) });
  let left = at(high - share * (high - low));
  let right = at(low + share * (high - low));
  while (high - low > tolerance) {
    if (left.value < right.value) {
      high = right.x;
      right = left;
      left = at(high - share * (high - low));
    } else {
      low = left.x;
      left = right;
      right = at(low + share * (high - low));
    }
  }
  return (low + high) / 2;
}

/** Thresholds for the clips' calibrated scores, in the format of a model folder's `thresholds.json`. */
export function fitThresholds(file: LogitsFile, calibration: Calibration): Thresholds {
  const { labels, clips } = file;
  const present = presentLabels(file);
  const reading = { calibration, hierarchy: hierarchyOf(labels, labelsOfLogits(file)) };
  const scores = clips.map(({ logits }) =>
    clipProbabilities(logitProbabilities(Float32Array.from(logits.flat()), reading), calibration),
  );
  const outputs = labels.map((id, label) => ({
    scores: Float32Array.from(scores, (ofClip) => ofClip[label] as number),
    truth: Uint8Array.from(present, (ids) => (ids.has(id) ? 1 : 0)),
  }));
  return {
    default: outputs.map((output) => bestF1Threshold(output)?.threshold ?? null),
    precision95: outputs.map((output) => lowestThresholdWithPrecision(output, PRECISION)?.threshold ?? null),
  };
}
