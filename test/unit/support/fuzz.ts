import { expect } from 'vitest';
import { EarmarkError, problemOf } from '../../../src/shared/contracts/messages/problem';
import { seededRandom } from './random';

/** `npm run fuzz` tries ten thousand inputs in all; `npm test` a tenth of them. npm tells which of its scripts runs. */
const TOTAL = process.env.npm_lifecycle_event === 'fuzz' ? 10_000 : 1000;

/** No input may keep a thread busy for longer. Processor time, so that a busy machine does not count. */
const LONGEST_CPU_SECONDS = 1;

export interface FuzzResult {
  readonly taken: number;
  readonly refused: number;
}

/**
 * Feeds a parser with malformed inputs: each one is taken, or refused with an `EarmarkError` of a known code, within a
 * second of processor time.
 *
 * @param share of all inputs that this parser gets.
 * @param attempt makes an input from the random numbers and lets it be parsed. The same case has the same numbers.
 */
export async function fuzz(
  share: number,
  attempt: (random: () => number, index: number) => unknown | Promise<unknown>,
): Promise<FuzzResult> {
  const result = { taken: 0, refused: 0 };
  const cases = Math.ceil(TOTAL * share);
  for (let index = 0; index < cases; index++) {
    const started = process.cpuUsage();
    try {
      await attempt(seededRandom(20_170_101 + index), index);
      result.taken++;
    } catch (error) {
      if (!(error instanceof EarmarkError) || problemOf(error).code === 'unexpected') {
        throw new Error(`case ${index} fails with no problem that has a code`, { cause: error });
      }
      result.refused++;
    }
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6, `seconds of processor time of case ${index}`).toBeLessThan(LONGEST_CPU_SECONDS);
  }
  return result;
}
