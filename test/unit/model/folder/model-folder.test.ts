import { describe, expect, it } from 'vitest';
import { networkTopology } from '../../../../cli/networks/networks';
import { GOLDEN_TOLERANCE } from '../../../../src/model/engine/backend-choice';
import { backendDriver, tensorCount } from '../../../../src/model/engine/backends';
import { type ModelFolder, readModelFolder } from '../../../../src/model/folder/model-folder';
import { readFrom } from '../../../../src/model/folder/node';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import type { ModelFigures } from '../../../../src/shared/contracts/model/model-figures';
import { failureOf } from '../../../support/failure';

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

const bytesOf = readFrom('public/models/earmark-52');

/** The shipped folder with one file changed. */
function readWith(
  file: string,
  change: (bytes: ArrayBuffer) => ArrayBuffer | Promise<ArrayBuffer>,
): Promise<ModelFolder> {
  return readModelFolder('earmark-52', async (name) => {
    const bytes = await bytesOf(name);
    return name === file ? change(bytes) : bytes;
  });
}

function editJson(edit: (value: never) => unknown): (bytes: ArrayBuffer) => ArrayBuffer {
  return (bytes) => {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as never;
    return new TextEncoder().encode(JSON.stringify(edit(value))).buffer;
  };
}

const files = ['model.json', 'weights.bin', 'labels.json', 'features.json', 'calibration.json', 'golden.bin'];

describe('readModelFolder', () => {
  it('reads the shipped model', async () => {
    const { labels, spec, head, golden } = await readModelFolder('earmark-52', bytesOf);
    expect(labels).toHaveLength(52);
    expect(new Set(labels.map((label) => label.id)).size).toBe(52);
    expect(spec).toMatchObject({ frames: 120, melBands: 120 });
    expect(head.calibration.scale).toHaveLength(52);
    expect(golden.window).toHaveLength(120 * 120);
    expect(golden.logits).toHaveLength(52);
  });

  it.each(files)('says which file is missing: %s', async (file) => {
    const reading = readWith(file, () => Promise.reject(new Error('the server answered 404')));
    expect(await failureOf(reading)).toMatchObject({
      name: 'model-missing',
      message: expect.stringMatching(new RegExp(`“earmark-52”.*${file}.*404.*“Restart”`)),
    });
  });

  it.each(files)('says which file was cut off: %s', async (file) => {
    const reading = readWith(file, (bytes) => bytes.slice(0, Math.floor(bytes.byteLength / 2)));
    expect(await failureOf(reading)).toMatchObject({ name: 'model-damaged', message: expect.stringContaining(file) });
  });

  it.each([
    ['labels.json', editJson(() => [])],
    ['labels.json', editJson((labels: { group: string }[]) => labels.map((label) => ({ ...label, group: 'aliens' })))],
    ['features.json', editJson((spec: object) => ({ ...spec, fftSize: 1000 }))],
    [
      'calibration.json',
      editJson((calibration: { scale: number[] }) => ({ ...calibration, scale: calibration.scale.slice(1) })),
    ],
    ['calibration.json', editJson((calibration: object) => ({ ...calibration, bend: [2, 2] }))],
    ['calibration.json', editJson((calibration: object) => ({ ...calibration, clip: { scale: -1, offset: 0 } }))],
    [
      'calibration.json',
      editJson((calibration: { scale: number[] }) => ({ ...calibration, bend: calibration.scale.map(() => 0) })),
    ],
    ['model.json', editJson(() => ({ modelTopology: {}, weightsManifest: [] }))],
  ])('refuses a wrong %s', async (file, change) => {
    expect(await failureOf(readWith(file, change))).toMatchObject({
      name: 'model-damaged',
      message: expect.stringContaining(file),
    });
  });
});

describe('a hierarchy of labels', () => {
  const withParents = (parents: Record<string, string[]>) =>
    editJson((labels: { id: string }[]) =>
      labels.map((label) => (parents[label.id] ? { ...label, parents: parents[label.id] } : label)),
    );

  it('is read, and holds among the outputs', async () => {
    const { labels, head } = await readWith('labels.json', withParents({ hen: ['crow'], crow: ['dog'] }));
    expect(labels[6]).toMatchObject({ id: 'hen', parents: ['crow'] });
    expect(head.hierarchy).toEqual([
      { label: 6, above: [9, 0] },
      { label: 9, above: [0] },
    ]);
  });

  it.each([
    [{ hen: ['bird'] }, '“6.parents.0” is a label that the model doesn’t have'],
    [{ hen: ['crow'], crow: ['hen'] }, '“6.parents” leads back to the label itself'],
  ])('is refused where it is %j', async (parents, reason) => {
    expect(await failureOf(readWith('labels.json', withParents(parents)))).toMatchObject({
      name: 'model-damaged',
      message: `The model “earmark-52” can’t be used. Its file labels.json is damaged: ${reason}. Press “Restart” to download it again.`,
    });
  });
});

describe('what was measured of a model', () => {
  const heard = Array.from({ length: 52 }, (_, i) => (i === 7 ? null : i / 52));
  const thresholds = { default: heard, precision95: Array(52).fill(null) };
  const bin = { from: 0.7, to: 0.8, meanProbability: 0.74, share: 0.71, count: 42 };
  const dog = { id: 'dog', auc: 0.99, aucLow: 0.97, aucHigh: 1, averagePrecision: 0.9, positives: 40 };
  const untold = { id: 'cat', auc: null, aucLow: null, aucHigh: null, averagePrecision: null, positives: 0 };
  const figures: ModelFigures = {
    measuredOn: '400 clips of ESC-50, fold 4',
    date: '2026-11-25',
    clips: 400,
    reliability: [bin],
    labels: [dog, untold],
  };

  /** The shipped folder with these measurements, and no others. */
  function readMeasured(measured: Record<string, unknown>): Promise<ModelFolder> {
    return readModelFolder('earmark-52', async (file) => {
      if (file in measured) return new TextEncoder().encode(JSON.stringify(measured[file])).buffer;
      if (['thresholds.json', 'figures.json'].includes(file)) throw new Error('the server answered 404');
      return bytesOf(file);
    });
  }

  it('is read if it is in the folder', async () => {
    const folder = await readMeasured({ 'thresholds.json': thresholds, 'figures.json': figures });
    expect(folder.thresholds).toEqual(thresholds);
    expect(folder.figures).toEqual(figures);
    const moments = { date: '2026-11-28', hours: 2, reliability: [bin] };
    const withMoments = await readMeasured({ 'figures.json': { ...figures, moments } });
    expect(withMoments.figures?.moments).toEqual(moments);
  });

  it('may be absent or out of reach, so that listening works without a connection', async () => {
    expect(await readMeasured({})).toMatchObject({ thresholds: undefined, figures: undefined });
  });

  it.each([
    ['default', { 'thresholds.json': { ...thresholds, default: heard.slice(1) } }],
    ['precision95', { 'thresholds.json': { ...thresholds, precision95: Array(52).fill(1.2) } }],
    ['its content should be a group of named values', { 'thresholds.json': null }],
    ['measuredOn', { 'figures.json': { ...figures, measuredOn: '' } }],
    ['date', { 'figures.json': { ...figures, date: 'yesterday' } }],
    ['clips', { 'figures.json': { ...figures, clips: 3.5 } }],
    ['reliability', { 'figures.json': { ...figures, reliability: [{ ...bin, from: 0.9 }] } }],
    ['reliability', { 'figures.json': { ...figures, reliability: [{ ...bin, count: undefined }] } }],
    ['hours', { 'figures.json': { ...figures, moments: { date: '2026-11-28', hours: 0, reliability: [] } } }],
    ['date', { 'figures.json': { ...figures, moments: { date: 'today', hours: 2, reliability: [] } } }],
    ['averagePrecision', { 'figures.json': { ...figures, labels: [{ ...dog, averagePrecision: 'good' }] } }],
    [
      'labels.0.id” is a label that the model doesn’t have',
      { 'figures.json': { ...figures, labels: [{ ...dog, id: 'unicorn' }] } },
    ],
  ])('is refused with a wrong %s', async (part, measured) => {
    expect(await failureOf(readMeasured(measured))).toMatchObject({
      name: 'model-damaged',
      message: expect.stringMatching(new RegExp(`${Object.keys(measured)[0]} is damaged.*${part}`)),
    });
  });
});

describe('the shipped model', () => {
  it.each<BackendName>(['wasm', 'cpu'])('gives its golden logits on %s', async (backend) => {
    const model = await backendDriver(await readModelFolder('earmark-52', bytesOf), wasmPaths).start(backend);
    expect(await model.goldenError()).toBeLessThanOrEqual(GOLDEN_TOLERANCE);
    model.dispose();
  });

  it('misses its golden logits when a weight is wrong', async () => {
    const damaged = await readWith('weights.bin', (bytes) => {
      new Uint16Array(bytes).fill(0, 0, 200);
      return bytes;
    });
    const model = await backendDriver(damaged, wasmPaths).start('wasm');
    expect(await model.goldenError()).toBeGreaterThan(GOLDEN_TOLERANCE);
    model.dispose();
  });

  it('has the topology that the registry builds', async () => {
    const { spec, labels, artifacts } = await readModelFolder('earmark-52', bytesOf);
    const { modelTopology } = networkTopology('earmark-52', spec, labels.length);
    expect(artifacts.modelTopology).toEqual(JSON.parse(JSON.stringify(modelTopology)));
  });

  it('frees every tensor', async () => {
    const driver = backendDriver(await readModelFolder('earmark-52', bytesOf), wasmPaths);
    const model = await driver.start('wasm');
    await model.predict(new Float32Array(120 * 120), 1);
    const before = tensorCount();
    for (let i = 0; i < 5; i++) await model.predict(new Float32Array(2 * 120 * 120), 2);
    expect(tensorCount()).toBe(before);
    model.dispose();
    expect(tensorCount()).toBeLessThan(before);
  });

  // The last two: what Earmark makes of several layers, and what every object has.
  it.each(['LSTM', 'SqueezeExcite', 'constructor'])(
    'is rejected with an unknown layer, and the sentence names file, layer and kind: %s',
    async (kind) => {
      const before = tensorCount();
      const unknown = await readWith('model.json', (bytes) => {
        const text = new TextDecoder().decode(bytes).replace('"class_name":"Conv2D"', `"class_name":"${kind}"`);
        return new TextEncoder().encode(text).buffer;
      });
      const failure = (await failureOf(backendDriver(unknown, wasmPaths).start('cpu'))) as Error;
      expect(failure.name).toBe('model-damaged');
      expect(failure.message).toMatch(
        /^The model “earmark-52” can’t be used\. Its file model\.json is damaged \(its layer “\w+”/,
      );
      expect(failure.message).toContain(`is a ${kind}, which Earmark cannot run).`);
      expect(tensorCount()).toBe(before);
    },
  );

  it('is rejected if its network has more outputs than there are labels', async () => {
    const fewer = await readModelFolder('earmark-52', async (file) => {
      if (['thresholds.json', 'figures.json'].includes(file)) throw new Error('they are of 52 labels');
      const bytes = await bytesOf(file);
      if (file === 'labels.json') return editJson((labels: unknown[]) => labels.slice(1))(bytes);
      if (file === 'golden.bin') return bytes.slice(4);
      const shorten = (c: Record<string, number[]>) =>
        Object.fromEntries(Object.entries(c).map(([name, numbers]) => [name, numbers.slice(1)]));
      return file === 'calibration.json' ? editJson(shorten as never)(bytes) : bytes;
    });
    expect(await failureOf(backendDriver(fewer, wasmPaths).start('cpu'))).toMatchObject({
      name: 'model-damaged',
      message: expect.stringContaining('52 outputs'),
    });
  });
});
