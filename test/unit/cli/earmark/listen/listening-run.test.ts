import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ListeningRun } from '../../../../../cli/earmark/listen/listening-run';
import type { HeardWindow } from '../../../../../cli/earmark/listen/outputs/output';
import type { Stretch } from '../../../../../cli/earmark/listen/sources';
import { type NamedHead, namedHead } from '../../../../../cli/earmark/tag/settings';
import type { NetworkModel } from '../../../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../../../src/model/folder/node';

const RATE_HZ = 32_000;
const START_MS = Date.UTC(2026, 5, 1);
const modelFolder = join(import.meta.dirname, '../../../../../public/models/earmark-52');

let model: NetworkModel;
let head: NamedHead;
beforeAll(async () => {
  model = await openModelFolder(modelFolder);
  const settings = { modelFolder, headFile: undefined, threshold: 0.5, labels: undefined, overlapSeconds: undefined };
  head = await namedHead(model.folder, settings);
});
afterAll(() => model.dispose());

it('sound that was lost within a stretch and between two is told, and the time of day follows the clock', async () => {
  let nowMs = START_MS;
  /** Pieces of a tenth of a second; before some of them, the clock runs on without sound. */
  async function* stretch(pieces: number, leapMs: Readonly<Record<number, number>>): Stretch {
    for (let i = 0; i < pieces; i++) {
      nowMs += 100 + (leapMs[i] ?? 0);
      yield new Float32Array(RATE_HZ / 10);
    }
  }
  const lost: number[] = [];
  const windows: HeardWindow[] = [];
  const output = {
    lost: (seconds: number) => lost.push(seconds),
    window: (window: HeardWindow) => windows.push(window),
  };
  const run = new ListeningRun({ source: '-', model, head, outputs: [output], nowMs: () => nowMs });
  async function* stretches(): AsyncGenerator<Stretch> {
    // A busy machine gets its sound late, by three seconds, and makes up for it: nothing is lost. Then 20 s are.
    yield stretch(60, { 10: 3000, 11: -3000, 40: 20_000 });
    nowMs += 7000;
    // The source could not be opened: no sound at all.
    yield stretch(0, {});
    nowMs += 2000;
    yield stretch(20, {});
  }
  await run.hear(stretches());
  await run.end();
  expect(lost).toEqual([20, 9]);
  const times = windows.map(({ timeMs }) => timeMs - START_MS);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  // The second stretch begins after 6 s of sound, 20 s without, and 9 s away; its last window reaches into silence.
  const last = times.at(-1) as number;
  expect(last).toBeGreaterThan(36_900);
  expect(last).toBeLessThan(38_300);
});
