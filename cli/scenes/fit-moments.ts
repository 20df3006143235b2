import { fitPlatt, type PlattData, type PlattLine } from '../../src/metrics/calibration/platt';
import type { Calibration } from '../../src/model/folder/calibration';
import type { KnownWindows } from './known-windows';

/**
 * How much the line of all labels counts, in windows that share no sound, for slopes and for offsets: a label needs much evidence
 * for a line of its own. training/README.md says what other strengths gave.
 */
const STRENGTH = 1000;

/** The labels' lines depend on the common one and the other way round, so they are fitted in turn, this often. */
const ROUNDS = 12;

/**
 * Fits Platt scaling to windows whose truth is known: a slope and an offset per label, held close to those that the labels
 * have in common.
 *
 * @throws RangeError if no label sounds in one window and does not in another.
 */
export function fitMoments(sets: readonly KnownWindows[], labelCount: number): Calibration {
  const ofLabels = Array.from({ length: labelCount }, (_, label) => dataOf(sets, label, labelCount));
  const learned = ofLabels.filter(holdsBoth);
  let common = fitPlatt(pooled(learned));
  const lineOf = (own: LabelData): PlattLine =>
    fitPlatt(own, { line: common, scaleStrength: STRENGTH, offsetStrength: STRENGTH });
  for (let round = 0; round < ROUNDS; round++) common = centre(learned.map(lineOf));
  // A label that never sounds could only be taught that it never does.
  const lines = ofLabels.map((own) => (holdsBoth(own) ? lineOf(own) : common));
  return { scale: lines.map(({ scale }) => scale), offset: lines.map(({ offset }) => offset) };
}

/** The line from which others are least far, as {@link fitPlatt} counts it: the scale of s₁, s₂ … is Σs² / Σs. */
function centre(lines: readonly PlattLine[]): PlattLine {
  const sumOf = (value: (line: PlattLine) => number): number => lines.reduce((sum, line) => sum + value(line), 0);
  return {
    scale: sumOf(({ scale }) => scale ** 2) / sumOf(({ scale }) => scale),
    offset: sumOf(({ offset }) => offset) / lines.length,
  };
}

interface LabelData extends PlattData {
  readonly logits: Float32Array;
  readonly truth: Uint8Array;
  readonly weights: Float32Array;
}

function holdsBoth({ truth }: LabelData): boolean {
  return truth.includes(1) && truth.includes(0);
}

/** One label's windows whose truth is known. */
function dataOf(sets: readonly KnownWindows[], label: number, labelCount: number): LabelData {
  const known = sets.flatMap(({ logits, truth, weight }) => {
    const windows = Array.from({ length: truth.length / labelCount }, (_, window) => window * labelCount + label);
    return windows.flatMap((at) => {
      const sounds = truth[at] as number;
      return sounds < 0 ? [] : [{ logit: logits[at] as number, sounds, weight }];
    });
  });
  return {
    logits: Float32Array.from(known, ({ logit }) => logit),
    truth: Uint8Array.from(known, ({ sounds }) => sounds),
    weights: Float32Array.from(known, ({ weight }) => weight),
  };
}

/** All labels' windows together. */
function pooled(parts: readonly LabelData[]): LabelData {
  const total = parts.reduce((sum, { truth }) => sum + truth.length, 0);
  const all = { logits: new Float32Array(total), truth: new Uint8Array(total), weights: new Float32Array(total) };
  let at = 0;
  for (const { logits, truth, weights } of parts) {
    all.logits.set(logits, at);
    all.truth.set(truth, at);
    all.weights.set(weights, at);
    at += truth.length;
  }
  return all;
}
