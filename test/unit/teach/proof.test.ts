import { describe, expect, test } from 'vitest';
import type { HeadProof, LabelProof } from '../../../src/shared/contracts/model/head';
import { assembleProof, type ProofInput } from '../../../src/teach/proof';

const doorbell = { id: 'doorbell', name: 'Doorbell' };
const kettle = { id: 'kettle', name: 'Kettle' };
const hour = 3_600_000;

type Clip = ProofInput['clips'][number];

/** Clips of the labels, an hour apart unless `atMs` says otherwise (null: nobody knows when), with a score for each label. */
function prove(
  given: readonly { labels: readonly string[]; scores: readonly number[]; atMs?: number | null }[],
  folds = 5,
) {
  const clips = given.map(({ labels, atMs }, i): Clip => {
    const clip = { id: `clip${i}`, labels };
    return atMs === null ? clip : { ...clip, heardAtMs: atMs ?? i * hour };
  });
  const probabilities = Float32Array.from(given.flatMap(({ scores }) => scores));
  const shippedAuc = { before: 0.9, after: 0.9 };
  return assembleProof({ folds, labels: [doorbell, kettle], clips, probabilities, shippedAuc });
}

const label = (proof: HeadProof, id: string): LabelProof => proof.labels.find((l) => l.id === id) as LabelProof;
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('proof', () => {
  test('has the figures of each label, at the threshold with the best F1', async () => {
    const proof = await prove([
      { labels: ['doorbell'], scores: [0.875, 0.1] },
      { labels: ['doorbell'], scores: [0.75, 0.1] },
      { labels: ['kettle'], scores: [0.625, 0.9] },
      { labels: ['doorbell'], scores: [0.5, 0.1] },
      { labels: ['kettle'], scores: [0.25, 0.8] },
      { labels: [], scores: [0.125, 0.2] },
    ]);
    // 8 of the 9 pairs are won; F1 is best at 3 of 4 right.
    expect(label(proof, 'doorbell')).toMatchObject({
      positives: 3,
      negatives: 3,
      auc: { value: expect.closeTo(8 / 9, 12) },
      averagePrecision: expect.closeTo((1 + 1 + 3 / 4) / 3, 12),
      threshold: 0.375,
      precision: 3 / 4,
      recall: 1,
    });
    expect(label(proof, 'kettle')).toMatchObject({ positives: 2, negatives: 4, auc: { value: 1 }, precision: 1 });
    expect(proof.wrongClips).toEqual([
      { clipId: 'clip2', labelId: 'doorbell', kind: 'false-alarm', probability: 0.625 },
    ]);
  });

  test('draws the ROC curve by its corners only, and the non-empty bins', async () => {
    const proof = await prove([
      ...repeat(40, { labels: ['doorbell'], scores: [0.95, 0] }),
      ...Array.from({ length: 40 }, (_, i) => ({ labels: ['kettle'], scores: [0.01 * i, 1] })),
    ]);
    expect(label(proof, 'doorbell').roc).toEqual([
      { falsePositiveRate: 0, truePositiveRate: 0 },
      { falsePositiveRate: 0, truePositiveRate: 1 },
      { falsePositiveRate: 1, truePositiveRate: 1 },
    ]);
    const bins = label(proof, 'doorbell').reliability;
    expect(bins.map(({ count }) => count)).toEqual([10, 10, 10, 10, 40]);
    expect(bins.at(-1)).toMatchObject({ share: 1, meanProbability: expect.closeTo(0.95, 6) });
  });

  test('lists wrong clips, furthest off first, as missed or false alarm', async () => {
    const proof = await prove([
      ...repeat(6, { labels: ['doorbell'], scores: [0.9, 0] }),
      { labels: ['doorbell'], scores: [0.05, 0] },
      { labels: ['kettle'], scores: [0.92, 0.9] },
      ...repeat(6, { labels: ['kettle'], scores: [0.1, 0.9] }),
    ]);
    const wrong = proof.wrongClips.filter(({ labelId }) => labelId === 'doorbell');
    expect(wrong.map(({ clipId, kind }) => [clipId, kind])).toEqual([
      ['clip6', 'missed'],
      ['clip7', 'false-alarm'],
    ]);
  });

  test('measures nothing without folds, and not a label of one clip', async () => {
    const clips = [
      { labels: ['doorbell'], scores: [0.9, 0.1] },
      { labels: ['kettle'], scores: [0.1, 0.9] },
      { labels: ['kettle'], scores: [0.1, 0.9] },
    ];
    const measured = await prove(clips, 2);
    expect(label(measured, 'doorbell')).toMatchObject({ auc: null, precision: null, threshold: 0.5, roc: [] });
    expect(label(measured, 'kettle').auc?.value).toBe(1);
    const without = await prove(clips, 0);
    expect(without.labels.every(({ auc }) => auc === null)).toBe(true);
    expect(without.wrongClips).toEqual([]);
  });
});

describe('advice', () => {
  const good = [
    ...repeat(5, { labels: ['doorbell'], scores: [0.9, 0.1] }),
    ...repeat(5, { labels: ['kettle'], scores: [0.1, 0.9] }),
  ];
  const none = { labels: [], scores: [0.1, 0.1] };

  test('is silent if all is well', async () => {
    expect((await prove([...good, none])).advice).toEqual([]);
  });

  test('says how many clips are missing', async () => {
    const { advice } = await prove([...good.slice(2), none], 3);
    expect(advice).toEqual([{ code: 'too-few', label: 'doorbell', clips: 3, enough: 5 }]);
  });

  test('asks for sounds without a label', async () => {
    expect((await prove(good)).advice).toEqual([{ code: 'no-background' }]);
  });

  test('names labels that are mistaken for another one, and for each other', async () => {
    const taken = repeat(2, { labels: ['kettle'], scores: [0.9, 0.9] });
    expect((await prove([...good, ...taken, none])).advice).toEqual([
      { code: 'confused', actual: 'kettle', heard: 'doorbell', mutual: false },
    ]);
    const back = repeat(2, { labels: ['doorbell'], scores: [0.9, 0.9] });
    expect((await prove([...good, ...taken, ...back, none])).advice).toEqual([
      { code: 'confused', actual: 'doorbell', heard: 'kettle', mutual: true },
    ]);
  });

  test('doubts the figures of clips from one minute', async () => {
    const sitting = good.map((clip, i) => ({ ...clip, atMs: i < 5 ? 1000 * i : hour * i }));
    expect((await prove([...sitting, none])).advice).toEqual([{ code: 'one-sitting', labels: ['doorbell'] }]);
    const both = good.map((clip, i) => ({ ...clip, atMs: 1000 * i }));
    expect((await prove([...both, none])).advice).toEqual([{ code: 'one-sitting', labels: ['doorbell', 'kettle'] }]);
  });

  test('does not mistake the time of an import for that of a sound', async () => {
    const imported = good.map((clip) => ({ ...clip, atMs: null }));
    expect((await prove([...imported, none])).advice).toEqual([]);
    const oneOfThem = good.map((clip, i) => ({ ...clip, atMs: i === 4 ? null : 1000 * i }));
    expect((await prove([...oneOfThem, none])).advice).toEqual([{ code: 'one-sitting', labels: ['kettle'] }]);
  });

  test('says which label is hard to tell', async () => {
    const blurred = good.map((clip, i) => ({
      ...clip,
      scores: [0.1 + 0.01 * ((i * 3) % 10), clip.scores[1] as number],
    }));
    expect((await prove([...blurred, none])).advice).toContainEqual({ code: 'weak', label: 'doorbell' });
  });
});
