import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../../../../src/model/engine/backend-choice';
import type { BackendName } from '../../../../src/shared/contracts/backend';
import type { Label } from '../../../../src/shared/contracts/label';
import { advise } from '../../../../src/teach/advice';
import { de } from '../../../../src/ui/messages/de';
import { problems, sentences } from '../../../../src/ui/messages/de-sentences';
import { en } from '../../../../src/ui/messages/en';
import { labelName, languageFor } from '../../../../src/ui/messages/messages';
import { translator } from '../../../../src/ui/messages/sentences';
import { errorSentences, phrasesOf } from '../../support/error-sentences';

describe('the language', () => {
  it.each([
    ['', ['de-AT', 'en'], 'de'],
    ['', ['fr-FR', 'de', 'en'], 'de'],
    ['', ['en-GB', 'de'], 'en'],
    ['', ['fr', 'ja'], 'en'],
    ['', [], 'en'],
    ['en', ['de'], 'en'],
    ['de', ['en'], 'de'],
  ] as const)('that was set as “%s”, where %j are wanted, is %s', (set, wanted, language) => {
    expect(languageFor(set, wanted)).toBe(language);
  });
});

describe('counts', () => {
  it('take the form that goes with them', () => {
    expect([0, 1, 2].map(en.clips)).toEqual(['0 clips', '1 clip', '2 clips']);
    expect([0, 1, 2].map(de.clips)).toEqual(['0 Aufnahmen', '1 Aufnahme', '2 Aufnahmen']);
  });
});

describe('a translator of sentences', () => {
  const translate = translator({
    'It is gone.': 'Weg.',
    '“{name}” was moved to {place}.': 'Nach {place} kam „{name}“.',
    'It stopped: {whyPhrase}.': 'Schluss: {whyPhrase}.',
    'no room (2 MB)': 'kein Platz (2 MB)',
    '{partList}!': '{partList}!',
    '{n} left': '{n} übrig',
  });

  it.each([
    ['It is gone.', 'Weg.'],
    ['It is gone!!', 'It is gone!!'],
    ['“A.b” was moved to C.', 'Nach C kam „A.b“.'],
    ['It stopped: no room (2 MB).', 'Schluss: kein Platz (2 MB).'],
    ['It stopped: a fault.', 'Schluss: a fault.'],
    ['3 left, 2 right!', '3 übrig, 2 right!'],
  ])('says “%s” as “%s”', (english, german) => {
    expect(translate(english)).toBe(german);
  });

  it('does not know other sentences, however alike', () => {
    expect(translate('It is gone. And more.')).toBeUndefined();
    expect(translate('So it is gone.')).toBeUndefined();
  });
});

// Reading the source takes its time on a busy machine.
describe('German', { timeout: 60_000 }, () => {
  it('fills no hole that the English sentence does not have', () => {
    const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String);
    const all = [sentences, ...Object.values(problems).map(({ known }) => known)].flatMap(Object.entries);
    for (const [english, german] of all) {
      for (const hole of holes(german)) expect(holes(english), english).toContain(hole);
    }
  });

  it('says of every model on what it was measured', () => {
    const models = JSON.parse(readFileSync('public/models/index.json', 'utf8')) as { name: string }[];
    for (const { name } of models) {
      const figures = JSON.parse(readFileSync(`public/models/${name}/figures.json`, 'utf8')) as { measuredOn: string };
      expect(de.sentence(figures.measuredOn), name).not.toBe(figures.measuredOn);
    }
  });

  it('has every sentence of a problem that the source can make', () => {
    const made = errorSentences('src');
    expect(made.length).toBeGreaterThan(40);
    const unknown = made.filter(({ code, sentence }) => {
      const said = de.problemText({ code: code as keyof typeof problems, message: sentence });
      // The sentence that stands for all others of its code keeps the English one behind it.
      return said.endsWith(`(${sentence})`);
    });
    expect(unknown).toEqual([]);
  });

  it('has the reasons within them', () => {
    const file = translator({ ...problems['file-unreadable'].known, ...problems['file-too-long'].known });
    const faults = ['unreadable', 'tooLong'].flatMap((name) => phrasesOf('src/audio/decode-file.ts', name, [1]));
    expect(faults.length).toBeGreaterThan(4);
    expect(faults.filter((fault) => file(fault) === undefined)).toEqual([]);
    const known = translator(problems['zip-damaged'].known);
    const reasons = [
      ...phrasesOf('src/shared/lib/zip-archive.ts', 'damaged', [1, 2]),
      ...phrasesOf('src/store/dataset/dataset-zip.ts', 'refused', [1]),
      ...phrasesOf('src/store/dataset/dataset-lists.ts', 'RangeError', [0]),
    ];
    expect(reasons.length).toBeGreaterThan(15);
    expect(reasons.filter((reason) => known(reason) === undefined)).toEqual([]);
    const labels = phrasesOf('src/shared/contracts/clip.ts', 'RangeError', [0]);
    expect(labels.length).toBe(2);
    for (const sentence of labels) expect(de.sentence(sentence)).not.toBe(sentence);
  });

  it('says of a head that it waits for its model', () => {
    const said = '“A” belongs to another model and comes back with it. Until then Earmark’s own head is in use.';
    expect(de.sentence(said)).toMatch(/^„A“ gehört zu einem anderen Modell/);
  });

  it('says of one clip what it says of many', () => {
    expect(de.sentence('1 clip is in “a.zip”, among your downloads.')).toBe(
      '1 Aufnahme liegt als „a.zip“ bei Ihren Downloads.',
    );
    expect(de.sentence('2 clips are in “a.zip”, among your downloads.')).toBe(
      '2 Aufnahmen liegen als „a.zip“ bei Ihren Downloads.',
    );
    expect(de.sentence('The labels of 1 clip were accepted.')).toBe('Die Labels von 1 Aufnahme wurden bestätigt.');
    expect(de.sentence('The labels of 2 clips were changed.')).toBe('Die Labels von 2 Aufnahmen wurden geändert.');
  });

  it('has all advice', () => {
    const clip = (id: string, labels: string[]) => ({ id, labels, keptAtMs: 0 });
    const bells = ['1', '2', '3', '4', '5'].map((id) => clip(id, ['bell']));
    const proof = { negatives: 5, averagePrecision: null, threshold: 0.5, precision: null, recall: null };
    const advice = advise({
      labels: [
        { id: 'bell', name: 'Bell' },
        { id: 'gong', name: 'Gong' },
        { id: 'horn', name: 'Horn' },
      ],
      clips: [...bells, clip('6', ['gong']), clip('7', ['gong']), ...bells.map(({ id }) => clip(`h${id}`, ['horn']))],
      proofs: [
        { ...proof, id: 'bell', positives: 5, auc: { value: 0.6, low: 0.5, high: 0.7 }, roc: [], reliability: [] },
        { ...proof, id: 'gong', positives: 2, auc: null, roc: [], reliability: [] },
      ],
      wrongClips: [
        ...['1', '2'].map((clipId) => ({ clipId, labelId: 'gong', kind: 'false-alarm' as const, probability: 0.9 })),
        ...['6', '7'].map((clipId) => ({ clipId, labelId: 'bell', kind: 'false-alarm' as const, probability: 0.9 })),
        ...['h1', 'h2'].map((clipId) => ({ clipId, labelId: 'bell', kind: 'false-alarm' as const, probability: 0.9 })),
      ],
    });
    expect(advice.length).toBeGreaterThan(5);
    expect(advice.filter((sentence) => de.sentence(sentence) === sentence)).toEqual([]);
  });

  it('has what a report on backends says', async () => {
    const runMs: Partial<Record<BackendName, number>> = { webgl: 200, wasm: 20, cpu: 300 };
    const report = async (choice: 'auto' | 'cpu', tagsPerSecond: number) =>
      (
        await chooseBackend(choice, tagsPerSecond, {
          softwareRenderer: async (backend) => (backend === 'webgpu' ? 'SwiftShader' : undefined),
          start: async (backend) => ({
            goldenError: async () => 0,
            timeRuns: async (runs) => Array(runs).fill(runMs[backend] ?? 0),
            dispose: () => {},
          }),
        })
      ).report;
    const reports = [await report('auto', 8), await report('auto', 200), await report('cpu', 8)];
    const said = reports.flatMap(({ why, trials }) => [why, ...trials.map(({ detail }) => detail)]);
    for (const sentence of said) expect(de.sentence(sentence)).toMatch(/ist|wurde|erlaubt|Urteil|nicht|gerechnet/);
    expect(de.sentence(reports[0]?.why ?? '')).toBe(
      'WASM ist das Erste, das schnell genug richtig rechnet: 20.0 ms je Urteil, erlaubt sind 63 ms.',
    );
  });

  it('names every sound of every shipped model, and English calls it as the model does', () => {
    const models = readdirSync('public/models', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of models) {
      const labels = JSON.parse(readFileSync(`public/models/${name}/labels.json`, 'utf8')) as Label[];
      expect(labels.map((label) => labelName(label))).toEqual(labels.map((label) => label.name));
      for (const { id } of labels) expect(Object.keys(de.labels)).toContain(id);
    }
  });
});
