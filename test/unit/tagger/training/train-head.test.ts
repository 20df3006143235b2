import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorCount } from '../../../../src/model/engine/backends';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import type { Exemplars } from '../../../../src/model/folder/exemplars';
import { headProbabilities } from '../../../../src/model/head/head';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import type {
  Head,
  LabelProof,
  TrainingClip,
  TrainingProgress,
  TrainingRequest,
} from '../../../../src/shared/contracts/model/head';
import { trainHead } from '../../../../src/tagger/training/train-head';
import { EmbeddingSource } from '../../support/embeddings';
import { startShipped } from '../../support/model';

const size = 32;
const shipped = ['dog', 'rain', 'siren'];

/** A model of three labels whose head was made for the clouds of its labels: each weight is the cloud's own mean. */
function world(seed = 1, spread = 0.4) {
  const source = new EmbeddingSource(size, seed);
  const rows = [...shipped.flatMap((id) => Array<string>(12).fill(id)), ...Array<string>(30).fill('background')];
  const embeddings = new Float32Array(rows.length * size);
  for (const [i, id] of rows.entries()) embeddings.set(source.draw(id, 1, spread), i * size);
  const exemplars: Exemplars = {
    backbone: 'fake-1',
    embeddings,
    labels: rows.map((id) => (id === 'background' ? [] : [id])),
  };
  const kernel = new Float32Array(size * 3);
  for (const [label, id] of shipped.entries()) {
    const mean = source.draw(id, 200, spread);
    const all = shipped.map((other) => source.draw(other, 200, spread));
    for (let i = 0; i < size; i++) {
      const meanOf = (values: Float32Array): number => {
        let sum = 0;
        for (let row = 0; row < 200; row++) sum += values[row * size + i] as number;
        return sum / 200;
      };
      kernel[i * 3 + label] = meanOf(mean) - all.reduce((sum, values) => sum + meanOf(values), 0) / 3;
    }
  }
  const head = {
    kernel,
    bias: Float32Array.of(-1, -1, -1),
    calibration: { scale: [1, 2, 3], offset: [0.1, 0.2, 0.3], bend: [1, 2, 1.5] },
    hierarchy: [],
  };
  const labels = shipped.map((id) => ({ id, name: id, group: 'nature' as const }));
  const clips = (id: string, count: number, labelIds: readonly string[] = [id], sound = id): TrainingClip[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `${id}-${i}`,
      labels: labelIds,
      heardAtMs: i * 3_600_000,
      embeddings: source.draw(sound, 1 + (i % 4), spread),
    }));
  return { source, exemplars, folder: { backbone: 'fake-1', labels, head }, clips };
}

type World = ReturnType<typeof world>;

function teach(
  { exemplars, folder }: Pick<World, 'exemplars' | 'folder'>,
  clips: readonly TrainingClip[],
  labels: readonly string[],
  more: { onProgress?: (progress: TrainingProgress) => void; shouldStop?: () => boolean } = {},
): Promise<Head | undefined> {
  const request: TrainingRequest = {
    id: 'head-1',
    name: 'Kitchen',
    createdAtMs: 7,
    labels: labels.map((id) => ({ id, name: `The ${id}` })),
    clips,
  };
  return trainHead(request, { exemplars, folder, onProgress: () => {}, shouldStop: () => false, ...more });
}

/** What a head gives without a hierarchy. */
const probabilitiesBy = (head: Head, embeddings: Float32Array): Float32Array =>
  headProbabilities(embeddings, { ...head, hierarchy: [] });

const proofOf = (head: Head | undefined, id: string): LabelProof =>
  head?.proof.labels.find((label) => label.id === id) as LabelProof;

function column(values: Float32Array, labels: number, label: number): number[] {
  return [...values].filter((_, i) => i % labels === label);
}

// Training takes its time on a busy machine.
describe.each<BackendName>(['wasm', 'cpu'])('training on %s', { timeout: 60_000 }, (backend) => {
  let model: NetworkModel;
  beforeAll(async () => {
    model = await startShipped(backend);
  });
  afterAll(() => model.dispose());

  it('trains new sounds, measures them, and keeps the shipped labels bit for bit', async () => {
    const w = world();
    const clips = [...w.clips('kettle', 10), ...w.clips('door', 10), ...w.clips('none', 5, [])];
    const head = (await teach(w, clips, ['kettle', 'door', 'unused'])) as Head;
    expect(head).toMatchObject({ id: 'head-1', name: 'Kitchen', createdAtMs: 7, backbone: 'fake-1' });
    expect(head.labels.map(({ id, name, group }) => [id, name, group])).toEqual([
      ...shipped.map((id) => [id, id, 'nature']),
      ['kettle', 'The kettle', 'taught'],
      ['door', 'The door', 'taught'],
    ]);
    for (const label of [0, 1, 2]) {
      expect(column(head.kernel, 5, label)).toEqual(column(w.folder.head.kernel, 3, label));
      expect(head.bias[label]).toBe(w.folder.head.bias[label]);
    }
    expect(head.calibration.scale.slice(0, 3)).toEqual([1, 2, 3]);
    expect(head.calibration.offset.slice(0, 3)).toEqual([0.1, 0.2, 0.3]);
    expect(head.calibration.bend).toEqual([1, 2, 1.5, 1, 1]);

    expect(head.proof).toMatchObject({ folds: 5, clips: 25 });
    for (const id of ['kettle', 'door']) {
      expect(proofOf(head, id).auc?.value).toBeGreaterThan(0.95);
      expect(proofOf(head, id)).toMatchObject({ positives: 10, negatives: 15 });
    }
    expect(head.proof.shippedAuc.after).toBe(head.proof.shippedAuc.before);

    // What nobody has heard yet: the threshold tells it from the rest.
    const threshold = proofOf(head, 'kettle').threshold;
    const heard = (sound: string): number => probabilitiesBy(head, w.source.draw(sound, 1, 0.4))[3] as number;
    const kettles = Array.from({ length: 40 }, () => heard('kettle'));
    const others = ['door', 'dog', 'background', 'none'].flatMap((s) => Array.from({ length: 10 }, () => heard(s)));
    expect(kettles.filter((p) => p >= threshold).length).toBeGreaterThanOrEqual(34);
    expect(others.filter((p) => p >= threshold).length).toBeLessThanOrEqual(4);
  });

  it('takes a clip of a bark for one of a dog, and no head gives the bark more than the dog', async () => {
    const w = world(9);
    const labels = w.folder.labels.map((label) => (label.id === 'rain' ? { ...label, parents: ['dog'] } : label));
    const clips = [...w.clips('rain', 8), ...w.clips('dog', 8), ...w.clips('kettle', 8)];
    const head = (await teach({ ...w, folder: { ...w.folder, labels } }, clips, ['rain', 'dog', 'kettle'])) as Head;
    expect(proofOf(head, 'rain')).toMatchObject({ positives: 8, negatives: 16 });
    expect(proofOf(head, 'dog')).toMatchObject({ positives: 16, negatives: 8 });
    expect(proofOf(head, 'dog').auc?.value).toBeGreaterThan(0.9);
    expect(head.proof.wrongClips.filter(({ clipId }) => clipId.startsWith('rain'))).toEqual([]);
  });

  it('gives the same head twice, and keeps no tensors', async () => {
    const w = world(2);
    const clips = [...w.clips('kettle', 6), ...w.clips('door', 6)];
    const before = tensorCount();
    const first = await teach(w, clips, ['kettle', 'door']);
    expect(await teach(w, clips, ['kettle', 'door'])).toEqual(first);
    expect(tensorCount()).toBe(before);
  });
});

describe('training a head', { timeout: 60_000 }, () => {
  let model: NetworkModel;
  beforeAll(async () => {
    model = await startShipped('wasm');
  });
  afterAll(() => model.dispose());

  it('trains a shipped label with the person’s clips, and forgets almost nothing', async () => {
    const w = world(3, 0.8);
    // The person's dog sounds like rain: what pulls hardest at the shipped label.
    const clips = [...w.clips('dog', 60, ['dog'], 'rain'), ...w.clips('kettle', 8)];
    const head = (await teach(w, clips, ['dog', 'kettle'])) as Head;
    expect(head.labels.map(({ id }) => id)).toEqual([...shipped, 'kettle']);
    expect(column(head.kernel, 4, 0)).not.toEqual(column(w.folder.head.kernel, 3, 0));
    expect(column(head.kernel, 4, 1)).toEqual(column(w.folder.head.kernel, 3, 1));
    const { before, after } = head.proof.shippedAuc;
    expect(before).toBeGreaterThan(0.9);
    expect(before - after).toBeLessThanOrEqual(0.005);
  });

  it('finds nothing in a meaningless label', async () => {
    const w = world(4);
    // One and the same sound, labelled by chance: fewer clips than an embedding has values, so they can be learnt by heart.
    const clips = w.clips('noise', 20).map((clip, i) => ({
      ...clip,
      labels: [i % 2 === 0 ? 'heads' : 'tails'],
      embeddings: clip.embeddings.slice(0, size),
    }));
    const proof = proofOf(await teach(w, clips, ['heads', 'tails']), 'heads');
    // Measured on clips that trained it the AUC is above 0.7.
    expect(proof.auc?.value).toBeGreaterThan(0.35);
    expect(proof.auc?.value).toBeLessThan(0.65);
  });

  it('trains from a single clip, without a proof and without overconfidence', async () => {
    const w = world(5);
    const head = (await teach(w, w.clips('kettle', 1), ['kettle'])) as Head;
    expect(head.proof).toMatchObject({ folds: 0, clips: 1 });
    expect(proofOf(head, 'kettle').auc).toBeNull();
    expect(head.proof.advice[0]).toEqual({ code: 'too-few', label: 'kettle', clips: 1, enough: 5 });
    const own = probabilitiesBy(head, (w.clips('kettle', 1)[0] as TrainingClip).embeddings)[3] as number;
    const dog = probabilitiesBy(head, w.source.draw('dog', 1, 0.4))[3] as number;
    expect(own).toBeGreaterThan(2 * dog);
    expect(own).toBeLessThan(0.75);
  });

  it('reports its progress, epoch by epoch', async () => {
    const w = world(6);
    const seen: TrainingProgress[] = [];
    const onProgress = (progress: TrainingProgress): void => void seen.push(progress);
    await teach(w, [...w.clips('kettle', 3), ...w.clips('door', 3)], ['kettle', 'door'], { onProgress });
    // Three folds and the head itself.
    expect([...new Set(seen.map(({ stage, part, parts }) => `${stage} ${part} of ${parts}`))]).toEqual([
      'proof 0 of 4',
      'proof 1 of 4',
      'proof 2 of 4',
      'head 3 of 4',
    ]);
    for (const { epoch, epochs, validationLoss } of seen) {
      expect(epoch).toBeLessThanOrEqual(epochs);
      // With so few clips none is kept aside.
      expect(validationLoss).toBeNull();
    }
  });

  it('sets clips aside to stop early, if there are enough', async () => {
    const w = world(9);
    const seen: TrainingProgress[] = [];
    const onProgress = (progress: TrainingProgress): void => void seen.push(progress);
    await teach(w, [...w.clips('kettle', 25), ...w.clips('door', 25)], ['kettle', 'door'], { onProgress });
    for (const { stage, validationLoss } of seen) expect(validationLoss === null).toBe(stage === 'head');
    const epochsOf = (part: number): number => seen.filter((progress) => progress.part === part).length;
    const folds = [0, 1, 2, 3, 4].map(epochsOf);
    // A fold goes on for five epochs after its best one.
    expect(epochsOf(5)).toBeLessThanOrEqual(Math.max(...folds));
  });

  it('can be stopped at any time', async () => {
    const w = world(7);
    const clips = [...w.clips('kettle', 6), ...w.clips('door', 6)];
    const before = tensorCount();
    for (const stopAt of [0, 20, 125]) {
      let looks = 0;
      const shouldStop = (): boolean => looks++ >= stopAt;
      expect(await teach(w, clips, ['kettle', 'door'], { shouldStop })).toBeUndefined();
    }
    expect(tensorCount()).toBe(before);
  });

  it('reports when there is nothing to learn, or a clip cannot be used', async () => {
    const w = world(8);
    await expect(teach(w, w.clips('none', 3, []), ['kettle'])).rejects.toMatchObject({ name: 'too-few-clips' });
    const clips = w.clips('kettle', 3);
    for (const embeddings of [new Float32Array(0), new Float32Array(5), new Float32Array(size).fill(Number.NaN)]) {
      const broken = [...clips, { ...(clips[0] as TrainingClip), embeddings }];
      await expect(teach(w, broken, ['kettle'])).rejects.toMatchObject({ name: 'clip-damaged' });
    }
  });
});
