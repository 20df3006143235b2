import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorCount } from '../../../src/model/engine/backends';
import type { PieceMessage } from '../../../src/shared/contracts/capture-messages';
import { EarmarkError, type Problem } from '../../../src/shared/contracts/messages/problem';
import type { Head } from '../../../src/shared/contracts/model/head';
import type { TaggerApi } from '../../../src/shared/contracts/tagger-api';
import { checkedTagger } from '../../../src/tagger/checked-tagger';
import { Tagger } from '../../../src/tagger/tagger';
import { fuzz } from '../support/fuzz';
import { startShipped } from '../support/model';
import { mutateValue, oneOf } from '../support/mutate';
import { whiteNoise } from '../support/random';

const PATIENCE_MS = 600_000;
const report = { taken: 'wasm', why: 'asked-for', tagsPerSecond: 8, roomMs: 63, trials: [] } as const;
const silence = new Float32Array(32_000);

let tagger: TaggerApi;
let head: Head;
let tensors: number;
const ports: MessagePort[] = [];

/** A port of which the other end is kept, to be closed. */
function port(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  return port2;
}

function listen(onFailure: (problem: Problem) => void): MessagePort {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1);
  void tagger.listen(
    port2,
    32_000,
    () => {},
    onFailure,
    () => {},
  );
  return port1;
}

beforeAll(async () => {
  tagger = checkedTagger(
    new Tagger({
      openModel: async () => ({ model: await startShipped('wasm'), report }),
      openExemplars: async (_, { folder }) => ({
        backbone: folder.backbone,
        embeddings: whiteNoise(3 * 256, 1),
        labels: [['dog'], [], []],
      }),
      tensorCount,
      deviceLost: () => new Promise(() => {}),
    }),
  );
  const { labels, backbone } = await tagger.load('http://localhost/models/earmark-52/', 'wasm', 8);
  await tagger.tag(silence);
  tensors = tensorCount();
  head = {
    id: 'h1',
    name: 'Kitchen',
    createdAtMs: 1,
    backbone,
    labels: [...labels, { id: 'doorbell', name: 'Doorbell', group: 'taught' }],
    kernel: whiteNoise(256 * (labels.length + 1), 1),
    bias: whiteNoise(labels.length + 1, 2),
    calibration: { scale: [...labels, 0].map(() => 1), offset: [...labels, 0].map(() => 0) },
    proof: { folds: 0, clips: 1, labels: [], wrongClips: [], shippedAuc: { before: 1, after: 1 }, advice: [] },
  };
}, PATIENCE_MS);

afterAll(async () => {
  await tagger.stop();
  for (const end of ports) end.close();
});

/** The tagger does what it did before, and holds no more. */
async function expectUnharmed(): Promise<void> {
  await tagger.stop();
  await tagger.setHeads([]);
  expect(await tagger.state()).toMatchObject({ phase: 'ready', model: { name: 'earmark-52' } });
  expect(await tagger.tag(silence)).toHaveLength(52);
  expect(tensorCount()).toBe(tensors);
}

describe('malformed messages', () => {
  it(
    'to the worker are refused, and leave it as it was',
    async () => {
      const nothing = (): void => {};
      const calls: readonly (readonly [keyof TaggerApi, () => unknown[]])[] = [
        ['load', () => ['http://localhost/models/earmark-52/', 'wasm', 8]],
        ['listen', () => [port(), 32_000, nothing, nothing]],
        ['setTagsPerSecond', () => [8]],
        ['setNoiseFloor', () => [-60]],
        ['tag', () => [silence]],
        ['setHeads', () => [[head, 'shipped']]],
        ['keepRecent', () => [2]],
        ['embedClip', () => [{ samples: new Int16Array(100), sampleRateHz: 16_000 }]],
        [
          'trainHead',
          () => [
            {
              id: 'h2',
              name: 'Two',
              createdAtMs: 1,
              labels: [{ id: 'bell', name: 'Bell' }],
              clips: [{ id: 'a', labels: [], keptAtMs: 1, embeddings: whiteNoise(256, 3) }],
            },
            nothing,
          ],
        ],
        ['exportHead', () => [head]],
        ['importHead', () => [new Blob(['PK']), 'head.zip']],
      ];
      const { refused } = await fuzz(0.15, async (random) => {
        const [method, values] = oneOf(random, calls);
        const call = tagger[method] as (...values: unknown[]) => Promise<unknown>;
        const parameters = values();
        const at = Math.floor(random() * parameters.length);
        await call(...parameters.with(at, mutateValue(parameters[at], random)));
      });
      expect(refused).toBeGreaterThan(10);
      await expectUnharmed();
    },
    PATIENCE_MS,
  );

  it(
    'from the microphone end the listening with a problem, or are tagged',
    async () => {
      const { refused } = await fuzz(0.05, async (random) => {
        const hop: PieceMessage = { samples: new Float32Array(500), endSeconds: 1, waitingPieces: 0, droppedPieces: 0 };
        let failure: Problem | undefined;
        const microphone = listen((told) => (failure = told));
        microphone.postMessage(mutateValue(hop, random));
        microphone.postMessage({ ...hop, endSeconds: 2 });
        // The tagger has had its turn when the array comes back, or when it has given up.
        const returned = new Promise((resolve) => microphone.addEventListener('message', resolve));
        microphone.start();
        const closed = new Promise((resolve) => microphone.addEventListener('close', resolve));
        await Promise.race([returned, closed]);
        // As the page makes an error of it.
        if (failure) throw new EarmarkError(failure);
      });
      expect(refused).toBeGreaterThan(0);
      await expectUnharmed();
    },
    PATIENCE_MS,
  );
});
