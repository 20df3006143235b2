import type { Predictions } from './predictions';

/** Clips with one label whose highest score is another label's. */
export interface Confusion {
  /** Index of the label that sounds. */
  readonly sounding: number;
  /** Index of the label with the highest score. */
  readonly heard: number;
  readonly clips: number;
}

/** Every pair of labels confused in clips with exactly one label, most frequent first, then in label order. */
export function confusions({ labelCount, probabilities, truth }: Predictions): Confusion[] {
  const clipsOf = new Map<number, number>();
  for (let first = 0; first < truth.length; first += labelCount) {
    const labels = truth.subarray(first, first + labelCount);
    if (labels.reduce((sum, label) => sum + label, 0) !== 1) continue;
    const row = probabilities.subarray(first, first + labelCount);
    const sounding = labels.indexOf(1);
    const heard = row.indexOf(Math.max(...row));
    if (heard === sounding) continue;
    const pair = sounding * labelCount + heard;
    clipsOf.set(pair, (clipsOf.get(pair) ?? 0) + 1);
  }
  return [...clipsOf]
    .map(([pair, clips]) => ({ sounding: Math.floor(pair / labelCount), heard: pair % labelCount, clips }))
    .sort((a, b) => b.clips - a.clips || a.sounding - b.sounding || a.heard - b.heard);
}
