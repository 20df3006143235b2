import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access, copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAudioFile } from '../../../cli/audio/audio-files';
import type { ClipRow } from '../../../cli/clips/clip-list';
import { modelScorer, tableScorer } from '../../../cli/clips/clip-scorer';
import { type Among, type Evaluation, evaluateClips } from '../../../cli/evaluation/evaluation';
import type { LoadedModel } from '../../../src/model/engine/loaded-model';
import type { Label } from '../../../src/shared/contracts/model/label';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { plainSpec } from '../../support/feature-spec';
import { encodeWav, sine } from '../support/wav';

/** Probabilities of low, high and hum for a window whose loudest band lies below or above the middle. */
const answers = { low: [0.75, 0.25, 0.875], high: [0.125, 0.5, 0.875] } as const;

/** Hears whether a tone is low or high; always believes most in a hum. */
class ToneModel implements LoadedModel {
  readonly name = 'tones';
  readonly labels = ['low', 'high', 'hum'].map((id) => ({ id, name: id, group: 'home' as const }));
  readonly spec = plainSpec;
  readonly counts: number[] = [];

  async predict(windows: Float32Array, count: number): Promise<Float32Array> {
    const { frames, melBands } = this.spec;
    expect(windows.length).toBe(count * frames * melBands);
    this.counts.push(count);
    return Float32Array.from(
      Array.from({ length: count }, (_, i) => {
        const column = windows.subarray(i * frames * melBands, i * frames * melBands + melBands);
        return answers[column.indexOf(Math.max(...column)) < melBands / 2 ? 'low' : 'high'];
      }).flat(),
    );
  }

  dispose(): void {}
}

/** The model's probabilities as they are. */
const plain = { scale: [1, 1, 1] };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earmark-evaluate-'));
  const tone = (hz: number, seconds: number): Buffer =>
    encodeWav([sine(hz, 0.5, 32_000 * seconds, 32_000)], 32_000, 's16');
  await writeFile(join(root, 'low.wav'), tone(400, 3));
  await writeFile(join(root, 'low-too.wav'), tone(300, 1));
  await writeFile(join(root, 'high.wav'), tone(6000, 3));
  await writeFile(join(root, 'empty.wav'), '');
  await writeFile(join(root, 'text.wav'), 'no sound');
});
afterAll(() => rm(root, { recursive: true }));

function row(file: string, labels: string, fold = ''): ClipRow {
  return { file, labels: labels.split(';').filter((id) => id !== ''), fold };
}

/** Among the labels that the list names, unless told otherwise: the model always believes most in the hum. */
function evaluate(
  rows: readonly ClipRow[],
  options: { fold?: string; model?: LoadedModel; among?: Among } = {},
): Promise<Evaluation> {
  const { model = new ToneModel(), fold, among = 'named' } = options;
  return evaluateClips(rows, { fold, among, scorer: modelScorer(model, plain, root, { read: readAudioFile }) });
}

describe('evaluating clips', () => {
  test('gives figures that can be worked out by hand', async () => {
    // Scores of low: 0.75, 0.75, 0.125, 0.75; of high: 0.25, 0.25, 0.5, 0.25. The last clip is a mixture.
    const { figures, faults } = await evaluate([
      row('low.wav', 'low'),
      row('low-too.wav', 'high'),
      row('high.wav', 'high'),
      row('low.wav', 'low;high'),
    ]);
    expect(faults).toEqual([]);
    expect(figures).toMatchObject({
      clips: 4,
      accuracy: 2 / 3,
      macroAuc: expect.closeTo((0.75 + 2 / 3) / 2, 12),
      microAuc: expect.closeTo(10 / 15, 12),
      mAP: expect.closeTo((2 / 3 + (1 / 3 + (2 / 3) * (3 / 4))) / 2, 12),
      // Outputs of 0.125: one, false; of 0.25: two of three true; of 0.5: one, true; of 0.75: two of three true.
      ece: expect.closeTo((0.125 + 3 * (2 / 3 - 0.25) + 0.5 + 3 * (0.75 - 2 / 3)) / 8, 12),
      labels: [
        { id: 'low', positives: 2, auc: 0.75, ap: expect.closeTo(2 / 3, 12) },
        { id: 'high', positives: 3, auc: expect.closeTo(2 / 3, 12), ap: expect.closeTo(5 / 6, 12) },
        { id: 'hum', positives: 0, auc: null, ap: null, aucLow: null, aucHigh: null },
      ],
      reliableEce: figures.ece,
      sureAndWrong: { present: 0, absent: 0 },
      confusions: [{ sounding: 'high', heard: 'low', clips: 1 }],
    });
    const [low] = figures.labels;
    expect(low?.aucLow).toBeLessThan(0.75);
    expect(low?.aucHigh).toBeGreaterThan(0.75);
    expect(figures.macroAucLow).toBeLessThan(figures.macroAuc as number);
    expect(figures.macroAucHigh).toBeGreaterThan(figures.macroAuc as number);
    // Four outputs at 0.75, of which three belong to the low tone's clips, two of them with its label.
    expect(figures.reliability[7]).toEqual({ count: 3, meanProbability: 0.75, share: 2 / 3 });
  });

  test('leaves out labels that the list does not name, and says so', async () => {
    const { figures, notes, faults } = await evaluate([row('low.wav', 'low'), row('high.wav', 'high')]);
    // Of all labels the hum scores highest, so right answers show that it does not take part.
    expect(figures.accuracy).toBe(1);
    expect(figures.microAuc).toBe(1);
    expect(notes).toEqual(['labels that the list does not name have no figures: hum']);
    expect(faults).toEqual([]);
  });

  test('among all labels asks whether the clip’s scores highest of all', async () => {
    const { figures } = await evaluate([row('low.wav', 'low'), row('high.wav', 'high')], { among: 'all' });
    expect(figures).toMatchObject({ accuracy: 0, macroAuc: 1 });
    expect(figures.confusions).toEqual([
      { sounding: 'low', heard: 'hum', clips: 1 },
      { sounding: 'high', heard: 'hum', clips: 1 },
    ]);
  });

  test('knows that a sound is also what stands above it', async () => {
    const model = new ToneModel();
    // Now the hum is what both tones have in common, and it scores highest.
    Object.assign(model, { labels: model.labels.map((l) => (l.id === 'hum' ? l : { ...l, parents: ['hum'] })) });
    const rows = [row('low.wav', 'low'), row('high.wav', 'high'), row('high.wav', ''), row('low.wav', 'hum')];
    const { figures, notes } = await evaluate(rows, { model, among: 'all' });
    expect(figures.accuracy).toBe(1);
    expect(figures.labels.map(({ positives }) => positives)).toEqual([1, 1, 3]);
    expect(notes).toEqual([]);
  });

  test('looks at 8 windows of a clip, at one of a short clip, and reports progress', async () => {
    const model = new ToneModel();
    const progress: string[] = [];
    await evaluateClips([row('low.wav', 'low'), row('low-too.wav', 'low'), row('none.wav', 'low')], {
      scorer: modelScorer(model, plain, root, { read: readAudioFile }),
      among: 'all',
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(model.counts).toEqual([8, 1]);
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
  });

  test('evaluates scores from another system', async () => {
    const table = join(root, 'scores.csv');
    await writeFile(table, 'file,low,high\nlow.wav,0.75,0.25\nhigh.wav,0.5,0.75\nwrong.wav,0.5,1.5\n');
    const { figures, faults } = await evaluateClips(
      [row('low.wav', 'low'), row('high.wav', 'high'), row('wrong.wav', 'low'), row('absent.wav', 'low')],
      { scorer: await tableScorer(table), among: 'all' },
    );
    expect(figures).toMatchObject({ clips: 2, accuracy: 1, macroAuc: 1, mAP: 1 });
    expect(faults).toEqual([
      'wrong.wav: the model answered with numbers that are no probabilities',
      `absent.wav: ${table} has no scores for it`,
    ]);
  });

  test('refuses a table of scores without its columns', async () => {
    const table = join(root, 'no-scores.csv');
    await writeFile(table, 'name,low\nlow.wav,0.75\n');
    await expect(tableScorer(table)).rejects.toThrow(/no-scores\.csv need a first column "file"/);
    await expect(tableScorer(join(root, 'absent.csv'))).rejects.toThrow(/absent\.csv cannot be read/);
  });

  test('reports each clip that cannot be read and scores the others', async () => {
    const { figures, faults } = await evaluate([
      row('none.wav', 'low'),
      row('low.wav', 'low'),
      row('empty.wav', 'low'),
      row('text.wav', 'high'),
      row('high.wav', 'high'),
    ]);
    expect(faults).toEqual([
      expect.stringMatching(/none\.wav cannot be read: /),
      expect.stringMatching(/empty\.wav is empty$/),
      expect.stringMatching(/text\.wav cannot be decoded: /),
    ]);
    expect(figures).toMatchObject({ clips: 2, accuracy: 1, macroAuc: 1, microAuc: 1, mAP: 1 });
  });

  test('reports labels that the model does not know and scores their clips for the others', async () => {
    const { figures, faults } = await evaluate([
      row('low.wav', 'low;owl'),
      row('low-too.wav', 'owl'),
      row('high.wav', 'high;lark'),
      row('high.wav', 'high'),
    ]);
    expect(faults).toEqual([
      'low.wav and 1 more: the model has no label "owl"',
      'high.wav: the model has no label "lark"',
    ]);
    // For the accuracy only the last clip has one label.
    expect(figures).toMatchObject({ clips: 4, accuracy: 1 });
    expect(figures.labels.map(({ positives }) => positives)).toEqual([1, 2, 0]);
  });

  test('scores one fold and reports labels that it has no clip of', async () => {
    const rows = [row('low.wav', 'low', '1'), row('high.wav', 'high', '2'), row('high.wav', 'high;owl', '2')];
    const first = await evaluate(rows, { fold: '1' });
    expect(first.figures).toMatchObject({ clips: 1, accuracy: 1, macroAuc: null, microAuc: 1, mAP: null });
    expect(first.faults).toEqual(['high: no clip that was scored in fold 1 holds this label, so it has no figures']);
    expect(first.notes[0]).toBe('low: every clip in fold 1 holds this label, so it has no figures');
    const second = await evaluate(rows, { fold: '2' });
    expect(second.figures.clips).toBe(2);
    expect(second.faults).toHaveLength(2);
  });

  test('has no figures if no clip could be read', async () => {
    const { figures, faults } = await evaluate([row('none.wav', 'low')]);
    expect(figures).toMatchObject({ clips: 0, accuracy: null, macroAuc: null, microAuc: null, mAP: null, ece: null });
    expect(figures).toMatchObject({
      reliableEce: null,
      macroAucLow: null,
      sureAndWrong: { present: null, absent: null },
    });
    expect(faults).toHaveLength(2);
  });

  test('reports clips for which the model fails or answers with no probabilities', async () => {
    const model = new ToneModel();
    model.predict = async (_, count) => new Float32Array(3 * count).fill(Number.NaN);
    const nan = await evaluate([row('low.wav', 'low')], { model });
    expect(nan.faults[0]).toBe('low.wav: the model answered with numbers that are no probabilities');
    model.predict = () => Promise.reject(new Error('the graphics card is gone'));
    const failing = await evaluate([row('low.wav', 'low')], { model });
    expect(failing.faults[0]).toBe('low.wav: the model failed (the graphics card is gone)');
    expect(failing.figures.clips).toBe(0);
  });
});

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run evaluate` as npm does. */
function run(...args: string[]): Promise<Outcome> {
  return runCommand('cli/commands/evaluate.ts', ...args);
}

function runCommand(...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, ['--import', 'tsx', ...args], (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('the command', { timeout: 180_000 }, () => {
  const shipped = `public/models/${SHIPPED_MODEL}`;
  const labels = JSON.parse(readFileSync(`${shipped}/labels.json`, 'utf8')) as readonly Label[];

  async function list(text: string): Promise<string> {
    const path = join(root, 'list.csv');
    await writeFile(path, text);
    return path;
  }

  test('prints its usage, and exits with 2 for wrong arguments', async () => {
    const [help, wrong] = await Promise.all([run('--help'), run('--clips', 'list.csv')]);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^usage: npm run evaluate -- --clips LIST\.csv --root DIR/);
    expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^--root is missing\n/) });
  });

  test('exits with 1 and one line if the fold or the model is missing', async () => {
    const clips = await list('file,labels,fold\nlow.wav,dog,1\n');
    const [noFold, noModel] = await Promise.all([
      run('--clips', clips, '--root', root, '--fold', '7'),
      run('--clips', clips, '--root', root, '--model', 'none-52'),
    ]);
    expect(noFold).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/has no fold 7, only 1\n$/) });
    expect(noModel).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/none-52/) });
    for (const { stderr } of [noFold, noModel]) expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('prints the table and writes the figures of the shipped model', async () => {
    const clips = await list('file,labels\nlow.wav,clock_alarm\nhigh.wav,chirping_birds\n');
    const json = join(root, 'figures.json');
    const peer = join(root, 'peer.csv');
    await writeFile(peer, 'file,clock_alarm,chirping_birds\nlow.wav,0.5,0.25\nhigh.wav,0.5,0.75\n');
    const { status, stdout, stderr } = await run(
      '--clips',
      clips,
      '--root',
      root,
      '--model',
      `./${shipped}`,
      '--peer',
      peer,
      '--json',
      json,
    );
    expect(stderr).toMatch(/^2 of 2 clips\nlabels that the list does not name have no figures: /);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^ +model +peer\nclips +2 +2\nclip accuracy +\d+\.\d % +100\.0 %\nmacro ROC-AUC +[01]\.\d{4} /,
    );
    expect(stdout).toMatch(/\nchirping_birds +1 +[01]\.0000 +[01]\.\d{4} /);
    const figures = JSON.parse(await readFile(json, 'utf8'));
    expect(Object.keys(figures)).toEqual([
      ...['clips', 'accuracy', 'macroAuc', 'microAuc', 'mAP', 'ece', 'labels', 'macroAucLow', 'macroAucHigh'],
      ...['reliableEce', 'sureAndWrong', 'reliability', 'confusions', 'peer'],
    ]);
    expect(figures.labels).toHaveLength(labels.length);
    expect(Object.keys(figures.labels[0])).toEqual(['id', 'positives', 'auc', 'ap', 'aucLow', 'aucHigh']);
    expect(figures.peer.labelsPeerLeads).toEqual(['clock_alarm']);
    expect(stdout).toMatch(/\nlabels where the peer leads by more than 0\.02 AUC: 1 clock_alarm\n/);
  });

  test('writes a row of scores for each clip, in a form that it can judge again', async () => {
    const clips = await list('file,labels\nlow.wav,clock_alarm\nempty.wav,dog\nhigh.wav,chirping_birds\n');
    const [out, one, two] = ['scores-out.csv', 'one.json', 'two.json'].map((name) => join(root, name));
    const options = ['--clips', clips, '--among', 'all'];
    const written = await run(...options, '--root', root, '--out', out as string, '--json', one as string);
    expect(written.status).toBe(1);
    const rows = (await readFile(out as string, 'utf8')).trim().split('\n');
    expect(rows.map((line) => line.split(',').length)).toEqual(Array(3).fill(1 + labels.length));
    expect(rows.map((line) => line.split(',')[0])).toEqual(['file', 'low.wav', 'high.wav']);
    const again = await run(...options, '--scores', out as string, '--json', two as string, '--model', SHIPPED_MODEL);
    expect(again.stderr).toMatch(/empty\.wav: \S+scores-out\.csv has no scores for it\n/);
    const [first, second] = await Promise.all(
      [one, two].map(async (path) => JSON.parse(await readFile(path as string, 'utf8'))),
    );
    expect(second.labels).toEqual(first.labels);
    expect([second.accuracy, second.confusions]).toEqual([first.accuracy, first.confusions]);
  });

  test('refuses another way to rank, and a model with an unknown layer, and writes nothing', async () => {
    const clips = await list('file,labels\nlow.wav,clock_alarm\n');
    const out = join(root, 'never.csv');
    const folder = join(root, 'unknown-layer');
    await cp(shipped, folder, { recursive: true });
    const topology = await readFile(join(folder, 'model.json'), 'utf8');
    await writeFile(join(folder, 'model.json'), topology.replace('"class_name":"Conv2D"', '"class_name":"LSTM"'));
    const options = ['--clips', clips, '--root', root, '--out', out];
    const [wrong, unknown] = await Promise.all([
      run(...options, '--among', 'some'),
      run(...options, '--model', `${folder}/`),
    ]);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringMatching(/^--among is all or named, not some\n/) });
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toMatch(
      /^The model “unknown-layer” can’t be used\. Its file model\.json .* is a LSTM, .*\n$/,
    );
    await expect(access(out)).rejects.toThrow();
  });

  test('exits with 1 after the table when a clip was left out', async () => {
    const clips = await list('file,labels\nlow.wav,clock_alarm\nempty.wav,clock_alarm\nhigh.wav,chirping_birds\n');
    const { status, stdout, stderr } = await run('--clips', clips, '--root', root);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^clips +2\n/);
    expect(stderr).toMatch(/\n\S+empty\.wav is empty\n$/);
  });

  test('logits of a set are written without the clips that cannot be read, each named', async () => {
    const set = join(root, 'some-set');
    await mkdir(set);
    await copyFile(join(root, 'low.wav'), join(set, 'low.wav'));
    await writeFile(join(set, 'empty.wav'), '');
    await writeFile(join(set, 'text.wav'), 'no sound');
    await writeFile(
      join(set, 'clips.csv'),
      'file,labels\nlow.wav,clock_alarm\nempty.wav,dog\ntext.wav,dog\nabsent.wav,dog\n',
    );
    const out = join(root, 'logits');
    const { status, stderr } = await runCommand('cli/commands/logits.ts', '--model', 'earmark-52', '--out', out, set);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/empty\.wav is empty$/),
      expect.stringMatching(/text\.wav cannot be decoded: /),
      expect.stringMatching(/absent\.wav cannot be read: /),
      'some-set: 1 of 4 clips',
    ]);
    const file = join(out, 'some-set.json');
    const logits = JSON.parse(await readFile(file, 'utf8'));
    expect(logits.clips).toHaveLength(1);
    expect(logits.clips[0].logits).toHaveLength(8);
  });
});
