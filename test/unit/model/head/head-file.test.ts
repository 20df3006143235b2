import { io, tensor4d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelFolder } from '../../../../src/model/folder/model-folder';
import { headLogits } from '../../../../src/model/head/head';
import { readHeadFile, writeHeadFile } from '../../../../src/model/head/head-file';
import type { Head, HeadProof } from '../../../../src/shared/contracts/model/head';
import { ZipArchive } from '../../../../src/shared/lib/files/zip-archive';
import { failureOf } from '../../../support/failure';
import { largestDifference } from '../../support/arrays';
import { shippedFolder, startShipped } from '../../support/model';
import { seededRandom, whiteNoise } from '../../support/random';
import { type RawFile, rawZip } from '../../support/raw-zip';

const proof: HeadProof = {
  folds: 5,
  clips: 12,
  labels: [
    {
      id: 'doorbell',
      positives: 6,
      negatives: 6,
      auc: { value: 0.9, low: 0.7, high: 0.95 },
      averagePrecision: 0.8,
      threshold: 0.1 + 0.2,
      precision: null,
      recall: 0.5,
      roc: [
        { falsePositiveRate: 0, truePositiveRate: 0 },
        { falsePositiveRate: 1, truePositiveRate: 1 },
      ],
      reliability: [{ meanProbability: 0.1, share: 0.2, count: 3 }],
    },
  ],
  wrongClips: [{ clipId: 'a', labelId: 'doorbell', kind: 'missed', probability: 0.01 }],
  shippedAuc: { before: 0.99, after: 0.989 },
  advice: [{ code: 'weak', label: 'doorbell' }],
};

let folder: ModelFolder;
let head: Head;
/** Its files, to be damaged one at a time. */
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  folder = await shippedFolder();
  const random = seededRandom(1);
  const labels = [...folder.labels, { id: 'doorbell', name: 'Doorbell <b>2</b>', group: 'taught' }];
  head = {
    id: 'h1',
    name: 'Küche & Tür',
    createdAtMs: 1_700_000_000_000,
    backbone: folder.backbone,
    labels,
    kernel: Float32Array.from({ length: 256 * labels.length }, () => random() - 0.5),
    bias: Float32Array.from(labels, () => random() - 0.5),
    calibration: {
      scale: labels.map(() => 1 / 3 + random()),
      offset: labels.map(() => random() - 0.5),
      bend: labels.map(() => 1 + random()),
    },
    proof,
  };
  const archive = await ZipArchive.open(await writeHeadFile(folder, head), 'x', { files: 9, totalBytes: 1e8 });
  files = new Map();
  for (const path of archive.paths) files.set(path, await archive.read(path, 1e8));
});

type Change = (bytes: Uint8Array) => Uint8Array | string;

/** A head's file with one of its files changed, and perhaps further ones. */
function damaged(path: string, change: Change, more: readonly RawFile[] = []): Blob {
  const all = [...files].map(([name, bytes]) => ({ name, data: name === path ? change(bytes) : bytes }));
  return new Blob([rawZip([...all, ...more])]);
}

function editJson(edit: (value: never) => unknown): Change {
  return (bytes) => JSON.stringify(edit(JSON.parse(new TextDecoder().decode(bytes)) as never));
}

const importOf = (zip: Blob): Promise<Head> => readHeadFile(folder, zip, 'kitchen.zip');

describe('a head’s file', () => {
  it('gives back exactly what went in', async () => {
    expect(await importOf(await writeHeadFile(folder, head))).toEqual(head);
  });

  it('may be from before the bend', async () => {
    const { scale, offset } = head.calibration;
    const older = { ...head, calibration: { scale, offset } };
    expect(await importOf(await writeHeadFile(folder, older))).toEqual(older);
  });

  it('holds a model that plain loadLayersModel runs, and everything needed with it', async () => {
    expect([...files.keys()].sort()).toEqual([
      'calibration.json',
      'features.json',
      'head.json',
      'labels.json',
      'model.json',
      'weights.bin',
    ]);
    const model = await startShipped('wasm');
    const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as io.ModelJSON;
    const weightSpecs = json.weightsManifest[0]?.weights as io.WeightsManifestEntry[];
    const weightData = Uint8Array.from(files.get('weights.bin') as Uint8Array).buffer;
    const network = await loadLayersModel(
      io.fromMemory({ modelTopology: json.modelTopology, weightSpecs, weightData }),
    );
    const { frames, melBands } = folder.spec;
    const window = whiteNoise(frames * melBands, 5);
    const output = network.predict(tensor4d(window, [1, frames, melBands, 1])) as ReturnType<typeof tensor4d>;
    expect(output.shape).toEqual([1, 1, 53]);
    const expected = headLogits(await model.embed(window, frames), head);
    expect(largestDifference(await output.data(), expected)).toBeLessThan(1e-4);
    output.dispose();
    network.dispose();
    model.dispose();
  });

  it('is not written for another model', async () => {
    const foreign = { ...head, backbone: 'other-0000' };
    await expect(writeHeadFile(folder, foreign)).rejects.toMatchObject({ name: 'wrong-backbone' });
  });

  it('is read with other files in it', async () => {
    const zip = damaged('none', (bytes) => bytes, [{ name: '.DS_Store', data: 'x' }]);
    expect(await importOf(zip)).toEqual(head);
  });
});

describe('a head’s file of an older version', () => {
  it('is read with its advice, which was stored as sentences', async () => {
    const sentence =
      '“Doorbell” is hard to tell from the rest: trim its clips to the sound itself, and record more of it.';
    const zip = damaged(
      'head.json',
      editJson((card: object) => ({ ...card, proof: { ...proof, advice: [sentence] } })),
    );
    expect(await importOf(zip)).toEqual(head);
  });
});

describe('a foreign head’s file', () => {
  it('for another backbone is refused, whatever its card says', async () => {
    const otherCard = damaged(
      'head.json',
      editJson((card: object) => ({ ...card, backbone: 'other-0000' })),
    );
    const otherWeights = damaged('weights.bin', (bytes) => bytes.map((byte, i) => (i === 1000 ? byte ^ 1 : byte)));
    for (const zip of [otherCard, otherWeights]) {
      expect(await failureOf(importOf(zip))).toMatchObject({
        name: 'wrong-backbone',
        message: expect.stringMatching(/“kitchen.zip” was trained on another model/),
      });
    }
  });

  const cards: [string, string, Change][] = [
    ['weights that are no numbers', 'weights.bin', (bytes) => withTail(bytes, Float32Array.of(Number.NaN))],
    ['infinite weights', 'weights.bin', (bytes) => withTail(bytes, Float32Array.of(Number.POSITIVE_INFINITY))],
    ['weights that are cut off', 'weights.bin', (bytes) => bytes.slice(0, -8)],
    ['no weights', 'weights.bin', () => ''],
    ['no JSON', 'model.json', () => '<html>'],
    ['a model without layers', 'model.json', () => '{"modelTopology":{},"weightsManifest":[{"weights":[]}]}'],
    ['a manifest without weights', 'model.json', () => '{"modelTopology":{},"weightsManifest":[{}]}'],
    ['a null model', 'model.json', () => 'null'],
    ['a label less', 'labels.json', editJson((labels: unknown[]) => labels.slice(0, -1))],
    ['other labels first', 'labels.json', editJson((labels: unknown[]) => labels.toReversed())],
    ['a label twice', 'labels.json', editJson((labels: { id: string }[]) => rename(labels, { id: labels[0]?.id }))],
    [
      'a label of 10,000 characters',
      'labels.json',
      editJson((l: { id: string }[]) => rename(l, { name: 'a'.repeat(10_000) })),
    ],
    ['a label without a letter', 'labels.json', editJson((l: { id: string }[]) => rename(l, { name: '<!-- -->' }))],
    [
      'a label with control characters',
      'labels.json',
      editJson((l: { id: string }[]) => rename(l, { name: 'a\u0000b' })),
    ],
    ['a label that is no text', 'labels.json', editJson((l: { id: string }[]) => rename(l, { name: 7 }))],
    ['labels that are no list', 'labels.json', () => '{"length":53}'],
    ['a calibration of null', 'calibration.json', () => 'null'],
    ['a calibration beyond numbers', 'calibration.json', () => `{"scale":[${'1e999,'.repeat(52)}1],"offset":[]}`],
    ['a card without a proof', 'head.json', editJson((card: object) => ({ ...card, proof: undefined }))],
    [
      'a card with a broken proof',
      'head.json',
      editJson((card: object) => ({ ...card, proof: { ...proof, labels: 1 } })),
    ],
    ['a card with a long name', 'head.json', editJson((card: object) => ({ ...card, name: 'x'.repeat(10_000) }))],
    [
      'advice without end',
      'head.json',
      editJson((card: object) => ({ ...card, proof: { ...proof, advice: ['x'.repeat(1e5)] } })),
    ],
    ['JSON that is nested too deep', 'head.json', () => '['.repeat(1e6)],
  ];

  it.each(cards)('is refused with %s', async (_, path, change) => {
    const importing = importOf(damaged(path, change));
    expect(await failureOf(importing)).toMatchObject({
      name: 'head-file-damaged',
      message: expect.stringMatching(/^Nothing was imported: “kitchen.zip” .*, because \S+ is damaged/),
    });
    // The sentence stays one, whatever is in the file.
    const { message } = await failureOf(importing);
    expect(message.length).toBeLessThan(400);
  });

  it.each(['model.json', 'weights.bin', 'labels.json', 'calibration.json', 'head.json'])(
    'is refused without %s',
    async (path) => {
      const rest = [...files].filter(([name]) => name !== path).map(([name, data]) => ({ name, data }));
      expect(await failureOf(importOf(new Blob([rawZip(rest)])))).toMatchObject({
        name: 'zip-damaged',
        message: expect.stringContaining(path),
      });
    },
  );

  it('is rejected if it is cut off, not a zip, or a zip bomb', async () => {
    const whole = await writeHeadFile(folder, head);
    const bomb = { name: 'head.json', data: new Uint8Array(64 * 1024 * 1024), deflate: true };
    const liar = { ...bomb, claimedBytes: 1000 };
    for (const zip of [
      whole.slice(0, whole.size / 2),
      new Blob(['hello']),
      new Blob([rawZip([bomb])]),
      new Blob([rawZip([liar])]),
      new Blob([rawZip(Array.from({ length: 1000 }, (_, i) => ({ name: `${i}.json`, data: '' })))]),
    ]) {
      await expect(importOf(zip)).rejects.toMatchObject({ name: 'zip-damaged' });
    }
  });
});

function withTail(bytes: Uint8Array, values: Float32Array): Uint8Array {
  const changed = bytes.slice();
  changed.set(new Uint8Array(values.buffer), bytes.length - 4 * values.length);
  return changed;
}

/** The labels, the last one with other fields. */
function rename(labels: readonly object[], fields: object): object[] {
  return [...labels.slice(0, -1), { ...labels.at(-1), ...fields }];
}
