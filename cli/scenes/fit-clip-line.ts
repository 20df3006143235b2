import { fitPlatt, type PlattLine } from '../../src/metrics/calibration/platt';
import { poolWindows } from '../../src/metrics/pooling';
import { type LogitReading, logitProbabilities } from '../../src/model/head/head';
import type { LogitsFile } from '../clips/clip-logits';
import { truthOfClips } from './known-windows';

/** Keeps the logit of a pooled score finite: float32 rounds very sure ones to 1. */
const LEAST_PROBABILITY = 1e-6;

/**
 * Fits the line by which a clip's pooled score becomes the probability that the clip holds a sound (`clipProbabilities`): one
 * for all labels, so that their order stays.
 *
 * @param reading turns logits into the probabilities of moments.
 * @throws RangeError if there are no clips.
 */
export function fitClipLine(file: LogitsFile, reading: LogitReading): PlattLine {
  const known = truthOfClips(file).flatMap((truth, i) => {
    const logits = file.clips[i]?.logits as LogitsFile['clips'][number]['logits'];
    const scores = poolWindows(logitProbabilities(Float32Array.from(logits.flat()), reading), file.labels.length);
    return truth.flatMap((holds, label) => (holds < 0 ? [] : [{ score: scores[label] as number, holds }]));
  });
  return fitPlatt({
    logits: known.map(({ score }) =>
      Math.log(Math.max(score, LEAST_PROBABILITY) / Math.max(1 - score, LEAST_PROBABILITY)),
    ),
    truth: known.map(({ holds }) => holds),
    weights: known.map(() => 1),
  });
}
