import { describe, expect, it } from 'vitest';
import type { ModelFolder } from '../../../../src/model/folder/model-folder';
import { headProbabilities, logitProbabilities } from '../../../../src/model/head/head';
import { hierarchyOf } from '../../../../src/model/head/hierarchy';
import type { Head } from '../../../../src/shared/contracts/model/head';
import { ActiveHeads } from '../../../../src/tagger/live/active-heads';
import { startShipped } from '../../support/model';

/** Below each other: bark, dog, animal. The cat is an animal too, and rain is none. */
const labels = [
  { id: 'animal' },
  { id: 'bark', parents: ['dog'] },
  { id: 'rain' },
  { id: 'dog', parents: ['animal'] },
  { id: 'cat', parents: ['animal'] },
];
const ids = labels.map(({ id }) => id);
const [animal, bark, rain, dog, cat] = [0, 1, 2, 3, 4];
const plain = { scale: ids.map(() => 1), offset: ids.map(() => 0) };

const logit = (probability: number): number => Math.log(probability / (1 - probability));

function probabilities(...given: number[]): number[] {
  const reading = { calibration: plain, hierarchy: hierarchyOf(ids, labels) };
  return [...logitProbabilities(Float32Array.from(given, logit), reading)].map((p) => Number(p.toFixed(3)));
}

describe('the hierarchy', () => {
  it('raises every label above a sound to its probability, and no other', () => {
    expect(probabilities(0.1, 0.9, 0.2, 0.3, 0.4)).toEqual([0.9, 0.9, 0.2, 0.9, 0.4]);
    expect(probabilities(0.1, 0.2, 0.2, 0.3, 0.6)).toEqual([0.6, 0.2, 0.2, 0.3, 0.6]);
  });

  it('leaves alone what is already above', () => {
    expect(probabilities(0.8, 0.1, 0.9, 0.5, 0.2)).toEqual([0.8, 0.1, 0.9, 0.5, 0.2]);
  });

  it('holds after calibration, in every window', () => {
    // The logits agree with the hierarchy; the calibration of the dog does not.
    const calibration = { scale: [1, 1, 1, 1, 1], offset: [0, 0, 0, -9, 0] };
    const both = [3, 2, -5, 2.5, -5, -5, -5, 2, -5, -5];
    const found = logitProbabilities(Float32Array.from(both), { calibration, hierarchy: hierarchyOf(ids, labels) });
    expect(found[dog]).toBe(found[bark]);
    expect(found[animal]).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    expect(found[5 + rain]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(found[5 + animal]).toBe(found[5 + cat]);
  });

  it('skips levels that a head lacks, and knows nothing of what a person taught', () => {
    expect(hierarchyOf(['bark', 'kettle', 'animal'], labels)).toEqual([{ label: 0, above: [2] }]);
  });
});

describe('everything that gives probabilities', () => {
  const size = 2;
  /** A head of one value: each logit is its weight times the first value of the embedding. */
  const kernel = Float32Array.of(-1, 4, 0, 1, 2, 0, 0, 0, 0, 0);
  const hierarchy = hierarchyOf(ids, labels);
  const head = { kernel, bias: new Float32Array(5), calibration: plain, hierarchy };
  const folder = {
    backbone: 'b',
    labels: labels.map((label) => ({ ...label, name: label.id, group: 'animals' })),
    head,
  } as unknown as ModelFolder;
  const barks = 1 / (1 + Math.exp(-4));

  it('keeps it: the model’s own head, live', () => {
    const { probabilities: found } = ActiveHeads.of([], folder).apply(Float32Array.of(1, 0));
    expect([found[animal], found[dog], found[bark]].map((p) => p?.toFixed(6))).toEqual(Array(3).fill(barks.toFixed(6)));
    expect(headProbabilities(Float32Array.of(1, 0), head)).toEqual(found);
  });

  it('keeps it: a person’s head, whose labels say nothing of parents', () => {
    const taught: Head = {
      id: 'head-1',
      name: 'Mine',
      createdAtMs: 1,
      backbone: 'b',
      labels: [...ids, 'kettle'].map((id) => ({ id, name: id, group: id === 'kettle' ? 'taught' : 'animals' })),
      kernel: Float32Array.of(-1, 4, 0, 1, 2, 3, ...new Array<number>(6 * (size - 1)).fill(0)),
      bias: new Float32Array(6),
      calibration: { scale: new Array(6).fill(1), offset: new Array(6).fill(0) },
      proof: {} as Head['proof'],
    };
    const active = ActiveHeads.of([taught, 'shipped'], folder);
    const { probabilities: found, compared } = active.apply(Float32Array.of(1, 0));
    expect(found[animal]).toBeCloseTo(barks, 6);
    expect(found[5]).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
    expect(compared?.probabilities[animal]).toBeCloseTo(barks, 6);
  });

  it('keeps it: a network that runs on windows, as the commands do', async () => {
    const model = await startShipped('cpu');
    const [first, second] = [0, 1];
    const { golden, head: own } = model.folder;
    try {
      const plainly = await model.predict(golden.window, 1);
      const higher = (plainly[first] as number) > (plainly[second] as number) ? first : second;
      const lower = 1 - higher;
      Object.assign(own, { hierarchy: [{ label: higher, above: [lower] }] });
      const raised = await model.predict(golden.window, 1);
      expect(plainly[lower]).toBeLessThan(plainly[higher] as number);
      expect(raised[lower]).toBe(raised[higher]);
      expect(raised[higher]).toBe(plainly[higher]);
    } finally {
      model.dispose();
    }
  });
});
