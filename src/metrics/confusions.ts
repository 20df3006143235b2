import type { ClipAnswer } from './clip-answers';

/** Clips with one label whose highest score is another label's. */
export interface Confusion {
  /** Index of the label that sounds. */
  readonly sounding: number;
  /** Index of the label with the highest score. */
  readonly heard: number;
  readonly clips: number;
}

/** Every pair of labels confused, most frequent first, then in label order. */
export function confusions(answers: readonly ClipAnswer[]): Confusion[] {
  const found = new Map<string, Confusion>();
  for (const { sounding, heard, isRight } of answers) {
    if (isRight) continue;
    const pair = `${sounding} ${heard}`;
    found.set(pair, { sounding, heard, clips: 1 + (found.get(pair)?.clips ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.clips - a.clips || a.sounding - b.sounding || a.heard - b.heard);
}
