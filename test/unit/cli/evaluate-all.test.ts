import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogitsFile } from '../../../cli/clips/clip-logits';
import { readTestSet } from '../../../cli/clips/test-set';
import { fitCalibration, fitThresholds, joinLogits } from '../../../cli/evaluation/calibration-fit';
import { compareWithPeer } from '../../../cli/evaluation/comparison';
import { evaluateClips, namedLabels } from '../../../cli/evaluation/evaluation';
import { judgeFold } from '../../../cli/evaluation/fold-figures';
import { readFolds } from '../../../cli/evaluation/fold-results';
import { summarise, table } from '../../../cli/evaluation/summary';
import { withFigures } from '../../../cli/report/model-card';
import { type Calibration, calibrate } from '../../../src/model/folder/calibration';
import { seededRandom } from '../support/random';

const labels = ['dog', 'cat', 'rain'];

/** Clips of each label in turn: its logit is `sure`, that of the others −`sure`, and some are told wrongly. */
function logitsOf(sure: number, wrongEvery: number, clips = 30): LogitsFile {
  const random = seededRandom(wrongEvery);
  return {
    labels,
    clips: Array.from({ length: clips }, (_, clip) => {
      const heard = (clip % wrongEvery === 0 ? clip + 1 : clip) % 3;
      const row = labels.map((_, label) => (label === heard ? sure : -sure) + 0.1 * random());
      return { file: `${clip}.wav`, labels: [labels[clip % 3] as string], logits: [row, row] };
    }),
  };
}

let root: string;

async function fold(name: string, sets: Readonly<Record<string, LogitsFile>>): Promise<string> {
  const folder = join(root, name);
  await mkdir(join(folder, 'logits'), { recursive: true });
  for (const [set, logits] of Object.entries(sets)) {
    await writeFile(join(folder, 'logits', `${set}.json`), JSON.stringify(logits));
  }
  return folder;
}

const background: LogitsFile = {
  labels,
  clips: [
    {
      file: 'hum.wav',
      labels: [],
      logits: [
        [-4, -4, -4],
        [-4, 3, -4],
      ],
    },
    {
      file: 'fan.wav',
      labels: [],
      logits: [
        [-4, -4, -4],
        [-4, -4, -4],
      ],
    },
  ],
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earmark-folds-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('the calibration of a fold', () => {
  test('comes from the other folds: a fold that is always right does not raise its own scores', async () => {
    const folders = [
      await fold('right', { 'mixture-2': logitsOf(6, 1000) }),
      await fold('often-wrong', { 'mixture-2': logitsOf(6, 3) }),
    ];
    const [right, wrong] = await readFolds(folders);
    const probability = (calibration: Calibration | undefined): number =>
      calibrate(Float32Array.of(6, 6, 6), calibration as Calibration)[0] as number;
    expect(probability(right?.calibration)).toBeLessThan(0.9);
    expect(probability(wrong?.calibration)).toBeGreaterThan(0.9);
  });

  test('leaves single clips and recordings from elsewhere alone', async () => {
    const worse = await readFolds([
      await fold('one', { 'mixture-2': logitsOf(6, 4) }),
      await fold('two', { 'mixture-2': logitsOf(6, 4), clean: logitsOf(6, 9), outside: logitsOf(6, 2) }),
    ]);
    const without = await readFolds([join(root, 'one'), await fold('three', { 'mixture-2': logitsOf(6, 4) })]);
    expect(worse[0]?.calibration).toEqual(without[0]?.calibration);
  });

  test('is missing if there is only one fold', async () => {
    const [only] = await readFolds([await fold('alone', { 'mixture-2': logitsOf(6, 4) })]);
    expect(only?.calibration).toBeUndefined();
  });

  test('refuses folders without results, and models with other labels', async () => {
    await expect(readFolds([join(root, 'absent')])).rejects.toThrow(/absent has no results/);
    await expect(readFolds([await fold('empty', {})])).rejects.toThrow(/its logits\/ is empty/);
    expect(() => joinLogits([logitsOf(1, 2), { ...logitsOf(1, 2), labels: ['owl', 'cat', 'rain'] }])).toThrow(
      /different labels/,
    );
  });
});

describe('fitting', () => {
  test('finds the bend, the scale and the offset by which the logits missed the truth', () => {
    const grid = Array.from({ length: 41 }, (_, i) => (i - 20) / 4);
    const made = { scale: [0.8], offset: [0.5], bend: [2.5] };
    const clips = grid.flatMap((logit) => {
      const [probability] = calibrate(Float32Array.of(logit), made);
      const present = Math.round(1000 * (probability as number));
      return Array.from({ length: 1000 }, (_, i) => ({
        file: `${logit}-${i}`,
        labels: i < present ? ['owl'] : [],
        logits: [[logit]],
      }));
    });
    const { scale, offset, bend } = fitCalibration({ labels: ['owl'], clips });
    expect(Math.abs((bend[0] as number) - 2.5)).toBeLessThan(0.1);
    expect(scale[0]).toBeCloseTo(0.8, 1);
    expect(offset[0]).toBeCloseTo(0.5, 1);
  });

  test('takes several files as one, and gives a label without clips the line of the others', () => {
    const withOwl = (file: LogitsFile): LogitsFile => ({
      labels: [...labels, 'owl'],
      clips: file.clips.map((clip) => ({ ...clip, logits: clip.logits.map((row) => [...row, -5]) })),
    });
    const files = [withOwl(logitsOf(4, 5)), withOwl(logitsOf(4, 7))];
    const joined = joinLogits(files);
    expect(joined.clips).toHaveLength(60);
    const calibration = fitCalibration(joined);
    const { scale, offset } = calibration;
    expect(scale).toHaveLength(4);
    const common = fitCalibration({
      labels: ['any', 'owl'],
      clips: joined.clips.flatMap((clip) =>
        labels.map((id, i) => ({
          file: id,
          labels: clip.labels.includes(id) ? ['any'] : [],
          logits: clip.logits.map((row) => [row[i] as number, -5]),
        })),
      ),
    });
    expect(scale[3]).toBeCloseTo(common.scale[1] as number, 3);
    expect(offset[3]).toBeCloseTo(common.offset[1] as number, 3);
    const thresholds = fitThresholds(joined, calibration);
    expect(thresholds.default[3]).toBeNull();
    expect(thresholds.default[0]).toBeGreaterThan(0);
  });
});

describe('logits of labels with a hierarchy', () => {
  /** Every fourth clip barks, and its logits say so of the bark alone; another fourth are other dogs. */
  const barks: LogitsFile = {
    labels: ['dog', 'bark', 'rain'],
    parents: { bark: ['dog'] },
    clips: Array.from({ length: 40 }, (_, i) => {
      const kind = i % 4;
      const own = [['bark'], ['dog'], ['rain'], []][kind] as string[];
      return { file: `${i}`, labels: own, logits: [[kind === 1 ? 3 : -3, kind === 0 ? 3 : -3, kind === 2 ? 3 : -3]] };
    }),
  };

  test('are calibrated as what they hold: a bark is a dog, even where its own logit is low', () => {
    const { scale, offset } = fitCalibration(barks);
    const lowDog = 1 / (1 + Math.exp(-(scale[0] as number) * -3 - (offset[0] as number)));
    const without = fitCalibration({ labels: barks.labels, clips: barks.clips });
    const lowDogWithout = 1 / (1 + Math.exp(-(without.scale[0] as number) * -3 - (without.offset[0] as number)));
    // A third of the clips with a low logit are dogs; without the hierarchy, none is.
    expect(lowDog).toBeGreaterThan(0.2);
    expect(lowDogWithout).toBeLessThan(0.1);
  });

  test('get their thresholds and figures with it', async () => {
    const plain = { scale: [1, 1, 1], offset: [0, 0, 0] };
    // Halfway between the dogs, which all are at 0.95 (those that bark through their bark), and the rest at 0.05.
    expect(fitThresholds(barks, plain).default[0]).toBeCloseTo(0.5, 6);
    const folder = await fold('hierarchy', { outside: joinLogits([barks]) });
    const { sets } = await judgeFold((await readFolds([folder]))[0] as never);
    expect(sets.outside?.model).toMatchObject({ accuracy: 1, macroAuc: 1 });
  });
});

describe('judging a fold', () => {
  test('counts losses against the clean set, and quiet windows of sounds without a label', async () => {
    const folder = await fold('judged', {
      clean: logitsOf(6, 1000),
      'white-10': logitsOf(6, 3),
      'no-label': background,
      'speech-music': { labels, clips: logitsOf(6, 3).clips.map((clip) => ({ ...clip, file: `other-${clip.file}` })) },
    });
    const [results] = await readFolds([folder]);
    const { sets, faults } = await judgeFold(results as never);
    // Clip 0 of 30 is wrong; of the noisy ones each third.
    expect(sets.clean?.model).toMatchObject({ accuracy: 29 / 30, accuracyLoss: null });
    expect(sets['white-10']?.model.accuracy).toBeCloseTo(20 / 30, 12);
    expect(sets['white-10']?.model.accuracyLoss).toBeCloseTo(9 / 30, 12);
    expect(sets['speech-music']?.model).toMatchObject({ accuracyLoss: null });
    expect(sets['no-label']).toMatchObject({ quietWindows: 3 / 4, peer: null });
    expect(sets.clean?.quietWindows).toBeNull();
    expect(faults).toEqual([]);
  });

  test('compares with the peer if its scores exist, and reports a label that the model lacks', async () => {
    const logits = logitsOf(6, 3);
    const [first, ...others] = logits.clips;
    const folder = await fold('with-peer', {
      clean: { labels, clips: [{ ...first, labels: ['dog', 'owl'] } as never, ...others] },
    });
    await mkdir(join(folder, 'yamnet'));
    const rows = logits.clips.map(({ file, labels: own }) =>
      [file, ...labels.map((id) => (own.includes(id) ? 0.9 : 0.1)), 0].join(','),
    );
    await writeFile(join(folder, 'yamnet', 'clean.csv'), ['file,dog,cat,rain,owl', ...rows].join('\n'));
    const { sets, faults } = await judgeFold((await readFolds([folder]))[0] as never);
    expect(sets.clean?.peer).toMatchObject({ accuracy: 1, macroAuc: 1, mAP: 1 });
    // Every third clip is told wrongly: those of dogs, as cats.
    expect(sets.clean?.labelsPeerLeads).toEqual(['dog', 'cat']);
    expect(sets.clean?.macroAucLead?.value).toBeLessThan(0);
    expect(faults).toEqual(['with-peer, clean: the model has no label "owl"']);
  });

  test('means and spreads over folds', async () => {
    const folders = [await fold('a', { clean: logitsOf(6, 1000) }), await fold('b', { clean: logitsOf(6, 3) })];
    const figures = [];
    for (const results of await readFolds(folders)) figures.push(await judgeFold(results));
    const { accuracy } = summarise(figures).clean?.model ?? {};
    expect(accuracy?.mean).toBeCloseTo((29 / 30 + 20 / 30) / 2, 12);
    expect([accuracy?.low, accuracy?.high]).toEqual([20 / 30, 29 / 30]);
    expect(table(summarise(figures))).toContain('| clean | 60 | model | 81.7 % (66.7–96.7) | – |');
  });
});

describe('comparing with a peer', () => {
  test('leaves out clips that the peer has no score for, and says so', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((file, i) => ({ file, labels: [i < 2 ? 'dog' : 'cat'], fold: '' }));
    const scorer = (scores: Readonly<Record<string, number[]>>) => ({
      labels: ['dog', 'cat'],
      above: new Map(),
      score: async (file: string): Promise<Float32Array> => {
        if (scores[file] === undefined) throw new Error(`${file}: no scores`);
        return Float32Array.from(scores[file]);
      },
    });
    const ours = await evaluateClips(rows, {
      scorer: scorer({ a: [0.1, 0.9], b: [0.9, 0.1], c: [0.3, 0.7], d: [0.2, 0.8] }),
      among: 'all',
    });
    const peer = scorer({ b: [0.9, 0.1], c: [0.3, 0.7], d: [0.2, 0.8] });
    const { comparison, faults } = await compareWithPeer(ours.scored, namedLabels(rows), 'all', peer);
    expect(faults).toEqual(['a: no scores']);
    // Without clip a, which only we got wrong, both are perfect.
    expect(comparison).toMatchObject({ labelsPeerLeads: [], macroAucLead: { value: 0 } });
    const lacking = { ...peer, labels: ['dog'] };
    await expect(compareWithPeer(ours.scored, namedLabels(rows), 'all', lacking)).rejects.toThrow(/no scores for cat/);
  });
});

describe('a test set', () => {
  test('has its files next to the list or in clips/', async () => {
    const beside = join(root, 'sets', 'clean');
    const below = join(root, 'sets', 'outside');
    await mkdir(beside, { recursive: true });
    await mkdir(join(below, 'clips'), { recursive: true });
    for (const folder of [beside, below]) await writeFile(join(folder, 'clips.csv'), 'file,labels\nx.wav,dog\n');
    expect(await readTestSet(beside)).toMatchObject({ name: 'clean', root: beside });
    expect(await readTestSet(below)).toMatchObject({ name: 'outside', root: join(below, 'clips') });
  });
});

describe('a model card', () => {
  const card =
    '# Model\n\n<!-- figures: begin, written by npm run evaluate:all -->\nold\n<!-- figures: end -->\n\nrest\n';

  test('gets the part between its markers, again and again', () => {
    const once = withFigures(card, 'new');
    expect(once).toMatch(/^# Model\n\n<!-- figures: begin[^\n]*-->\n\nnew\n\n<!-- figures: end -->\n\nrest\n$/);
    expect(withFigures(once, 'new')).toBe(once);
  });

  test('is rejected without them', () => {
    expect(() => withFigures('# Model\n', 'new')).toThrow(/needs the lines/);
  });
});

describe('the command', { timeout: 180_000 }, () => {
  test('prints the table and writes figures and card', async () => {
    const folder = await fold('command', { clean: logitsOf(6, 4), 'no-label': background });
    const model = join(root, 'model');
    await mkdir(model);
    await writeFile(
      join(model, 'CARD.md'),
      '<!-- figures: begin, written by npm run evaluate:all -->\n<!-- figures: end -->\n',
    );
    const args = ['--json', join(root, 'out.json'), '--into', model, '--measured-on', 'thirty clips', folder];
    const stdout = await new Promise<string>((done, fail) => {
      execFile(process.execPath, ['--import', 'tsx', 'cli/commands/evaluate-all.ts', ...args], (error, out, err) =>
        error === null ? done(out) : fail(new Error(err)),
      );
    });
    expect(stdout).toContain('no-label: every meter below 0.5 in 75.0 % of windows');
    const written = JSON.parse(await readFile(join(root, 'out.json'), 'utf8'));
    expect(Object.keys(written)).toEqual(['summary', 'folds', 'drawn']);
    expect(written.drawn.roc.clean.model).toHaveLength(201);
    const figures = JSON.parse(await readFile(join(model, 'figures.json'), 'utf8'));
    expect(figures).toMatchObject({ measuredOn: 'thirty clips', clips: 30 });
    expect(figures.reliability).toHaveLength(10);
    expect(figures.labels[0]).toMatchObject({ id: 'dog', positives: 10 });
    expect(await readFile(join(model, 'CARD.md'), 'utf8')).toContain('| dog | 10 | ');
  });
});
