/** Nights of listening, by the sound's own clock: no timer runs. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultEventRules, type EventRules } from '../../../src/shared/contracts/diary/event-rules';
import type { HeardReport } from '../../../src/shared/contracts/diary/heard';
import { DiaryKeeper } from '../../../src/tagger/diary/diary-keeper';
import type { NamedHead } from '../../../src/tagger/live/active-heads';
import { RecentSound } from '../../../src/tagger/live/recent-sound';
import { seededRandom } from './random';

/** Far below any microphone's, so that eight hours take seconds. */
const RATE_HZ = 160;
const HOP_SECONDS = 0.125;
export const START_MS = Date.parse('2026-03-28T22:00:00Z');
const LABELS = 6;

/** The last one is speech, which keeps clips from being kept. */
export const names = Array.from({ length: LABELS }, (_, i) => (i === LABELS - 1 ? 'speech' : `label-${i}`));
const head = {
  id: 'shipped',
  labels: names,
  names,
  groups: names.map(() => 'animals'),
  model: { default: names.map(() => 0.4) },
  head: { hierarchy: [] },
} as unknown as NamedHead;

const embedding = new Float32Array(256).fill(0.5);

/** Listens for so long: each label comes and goes at random. `hear` gets the worker's reports. */
export function listen(
  seconds: number,
  seed: number,
  hear: (report: HeardReport, atSeconds: number) => void,
  rules: EventRules = defaultEventRules,
): DiaryKeeper {
  let atSeconds = 0;
  const random = seededRandom(seed);
  const sound = new RecentSound(RATE_HZ);
  const parts = { model: { name: 'fake', backbone: 'fake-1' }, sound, sampleRateHz: RATE_HZ, windowSeconds: 1.9 };
  const keeper = new DiaryKeeper({ ...parts, rules, onHeard: (report) => hear(report, atSeconds) });
  const probabilities = new Float32Array(LABELS);
  const samples = new Float32Array(RATE_HZ * HOP_SECONDS).fill(0.01);
  for (let hop = 1; hop * HOP_SECONDS <= seconds; hop++) {
    const endSeconds = hop * HOP_SECONDS;
    atSeconds = endSeconds;
    for (let label = 0; label < LABELS; label++) {
      // Half a minute apart on average, for four seconds.
      const isUp = (probabilities[label] as number) > 0.4;
      if (random() < HOP_SECONDS / (isUp ? 4 : 30)) probabilities[label] = isUp ? 0.01 : 0.4 + 0.6 * random();
    }
    sound.push(samples);
    keeper.takePiece({ samples, endSeconds, waitingPieces: 0, droppedPieces: 0 }, START_MS + 1000 * endSeconds);
    keeper.takeMoment(head, { windowEndSeconds: endSeconds, probabilities, levelDb: -40, embedding });
  }
  return keeper;
}

/** The heap without what nobody needs any more. */
export function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
