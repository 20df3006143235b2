import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BackendReport } from '../../../../src/shared/contracts/backend';
import type { Advice } from '../../../../src/shared/contracts/messages/advice';
import type { Notice, UndoOffer } from '../../../../src/shared/contracts/messages/notice';
import { EarmarkError, type Problem, remedyOf } from '../../../../src/shared/contracts/messages/problem';
import type { Label } from '../../../../src/shared/contracts/model/label';
import { BadValue, causeOf } from '../../../../src/shared/lib/validate';
import { de } from '../../../../src/ui/messages/de';
import { en, type Messages } from '../../../../src/ui/messages/en';
import { labelNameIn } from '../../../../src/ui/messages/label-name';
import { labelNames } from '../../../../src/ui/messages/label-names';
import {
  LANGUAGE_EVENT,
  labelName,
  languageEvents,
  languageFor,
  loadAllTexts,
  t,
} from '../../../../src/ui/messages/messages';
import { startTexts } from '../../../../src/ui/messages/start-texts';
import { say, shortName, type TextsOf } from '../../../../src/ui/messages/texts';

describe('the language', () => {
  it.each([
    ['', ['de-AT', 'en'], 'de'],
    ['', ['fr-FR', 'de', 'en'], 'de'],
    ['', ['en-GB', 'de'], 'en'],
    ['', ['fr', 'ja'], 'en'],
    ['', [], 'en'],
    ['en', ['de'], 'en'],
    ['de', ['en'], 'de'],
  ] as const)('set to “%s”, with %j preferred, is %s', (set, wanted, language) => {
    expect(languageFor(set, wanted)).toBe(language);
  });
});

describe('counts', () => {
  it('choose their plural form', () => {
    expect([0, 1, 2].map(en.clips)).toEqual(['0 clips', '1 clip', '2 clips']);
    expect([0, 1, 2].map(de.clips)).toEqual(['0 Clips', '1 Clip', '2 Clips']);
  });
});

describe('names of things', () => {
  it.each([en, de])('differ for clips and recordings, so that a sentence tells which is meant', (texts) => {
    const nouns = [texts.clips(2), texts.recordings.count(2)].map((counted) => counted.replace('2 ', ''));
    expect(new Set(nouns).size).toBe(2);
    expect(texts.library.title).not.toBe(texts.views.recordings);
  });
});

describe('a single thing', () => {
  it.each([
    [en.proof.tooFew(1), /^1 clip is too few/],
    [en.proof.tooFew(2), /^2 clips are too few/],
    [de.proof.tooFew(1), /^1 Clip ist zu wenig/],
    [en.training.lossWords(1, '0.5'), /after 1 epoch:/],
    [en.training.lossWords(2, '0.5'), /after 2 epochs:/],
    [de.training.lossWords(1, '0,5'), /nach 1 Epoche:/],
    [en.training.toBeChecked(1), /^1 clip to check.*select the clip and press/],
    [en.problem.more(1), /^And 1 more/],
    [de.problem.more(1), /^Und 1 weiteres Problem /],
    [en.models.facts(1, '1 MB'), /^1 sound,/],
    [de.models.facts(1, '1 MB'), /^1 Klang,/],
    [en.status.blocks(1), /^1 block$/],
    [en.trust.tooFew('0.5', 1, 'x'), /for 1 clip /],
    [en.trust.ownClips(1), /^your 1 clip$/],
    [en.proof.wrong(1), /^1 mistake$/],
    [en.heads.labels(1, 'b'), /^1 label,/],
  ])('is worded in the singular: “%s”', (text, expected) => {
    expect(text).toMatch(expected);
  });
});

type Fault = { readonly code: 'gone' } | { readonly code: 'moved'; readonly place: string };

describe('texts of codes', () => {
  const texts: TextsOf<Fault> = { gone: 'It is gone.', moved: ({ place }) => `It is in ${place}.` };

  it('are chosen by the code and filled with the parameters', () => {
    expect(say<Fault>(texts, { code: 'gone' })).toBe('It is gone.');
    expect(say<Fault>(texts, { code: 'moved', place: 'Ulm' })).toBe('It is in Ulm.');
  });

  it('do not compile if one is missing, or uses a missing parameter', () => {
    // @ts-expect-error: “moved” has no text.
    const missing: TextsOf<Fault> = { gone: 'It is gone.' };
    // @ts-expect-error: “moved” has no parameter “when”.
    const wrong: TextsOf<Fault> = { gone: '', moved: ({ when }) => `At ${when}.` };
    expect([missing, wrong]).toHaveLength(2);
  });

  it('are complete: an error takes no sentence, and a language leaves none out', () => {
    // @ts-expect-error: a sentence is no problem.
    const said = (): EarmarkError => new EarmarkError('The model is missing.');
    // @ts-expect-error: a problem needs its parameters.
    const incomplete: Problem = { code: 'model-missing', model: 'm' };
    // @ts-expect-error: a language without texts for notices.
    const language: Messages = { ...en, notice: undefined };
    expect([said, incomplete, language]).toHaveLength(3);
  });

  it('quote foreign names on one line, and cut long ones', () => {
    expect(shortName('a\n\u0000b')).toBe('a b');
    expect([...shortName('😀'.repeat(70))]).toHaveLength(61);
  });
});

describe('until all texts are fetched', () => {
  it('problems of listening have their words, and everything else its code', async () => {
    const gone: Problem = { code: 'no-microphone' };
    expect(startTexts.problemText(gone)).toBe(en.problemText(gone));
    expect(startTexts.problemText({ code: 'empty-sound' })).toContain('empty-sound');
    const told: string[] = [];
    languageEvents.addEventListener(LANGUAGE_EVENT, () => told.push(t.problemText({ code: 'empty-sound' })));
    await loadAllTexts();
    await loadAllTexts();
    expect(told).toEqual([en.problemText({ code: 'empty-sound' })]);
    expect(t).toBe(en);
  });
});

/** Words that only one of the languages has, as whole words. */
const englishWords = /\b(the|was|were|is|of|and|clips?|imported|deleted|profile|has|been)\b/;

const bell = { id: 'glocke', name: 'Glocke' };
const clip = { name: '', keptAtMs: new Date(2026, 10, 24, 14, 3, 27).getTime() };

const notices: readonly [Notice, string, string][] = [
  [
    { code: 'imported', clips: 0, heads: ['Kitchen, upstairs'], alreadyThere: 0, leftOut: 0, others: 0 },
    '1 profile imported (“Kitchen, upstairs”). To use a profile, go to Teach → Profiles and press “Use”.',
    '1 Profil importiert („Kitchen, upstairs“). Um ein Profil zu verwenden, drücken Sie unter Anlernen → Profile auf „Verwenden“.',
  ],
  [
    { code: 'imported', clips: 1, heads: ['A', 'B'], alreadyThere: 2, leftOut: 3, others: 1 },
    '1 clip imported, 2 profiles imported (“A”, “B”), 2 already there, 3 skipped, 1 other file ignored. To use a profile, go to Teach → Profiles and press “Use”.',
    '1 Clip importiert, 2 Profile importiert („A“, „B“), 2 schon vorhanden, 3 ausgelassen, 1 andere Datei ignoriert. Um ein Profil zu verwenden, drücken Sie unter Anlernen → Profile auf „Verwenden“.',
  ],
  [
    { code: 'imported', clips: 1, heads: [], recordings: 1, alreadyThere: 0, leftOut: 0, others: 0 },
    '1 clip imported, the events of 1 recording imported.',
    '1 Clip importiert, die Ereignisse einer Aufnahme importiert.',
  ],
  [
    { code: 'imported', clips: 0, heads: [], alreadyThere: 0, leftOut: 0, others: 0 },
    'Nothing was imported.',
    'Es wurde nichts importiert.',
  ],
  [
    { code: 'clips-exported', clips: 1, leftOut: 0, file: 'a.zip' },
    '1 clip was saved as “a.zip” in your downloads.',
    '1 Clip liegt als „a.zip“ in Ihren Downloads.',
  ],
  [
    { code: 'clips-exported', clips: 2, leftOut: 1, file: 'a.zip' },
    '2 clips were saved as “a.zip” in your downloads. 1 damaged entry was left out.',
    '2 Clips liegen als „a.zip“ in Ihren Downloads. 1 beschädigter Eintrag wurde ausgelassen.',
  ],
  [
    { code: 'backup-saved', file: 'a.zip', clips: 1, heads: 2, events: 0, recordings: 0, leftOut: 0 },
    'Everything was saved as “a.zip”: 1 clip, 2 profiles and your settings.',
    'Alles wurde als „a.zip“ gespeichert: 1 Clip, 2 Profile und Ihre Einstellungen.',
  ],
  [
    { code: 'backup-saved', file: 'a.zip', clips: 2, heads: 1, events: 5, recordings: 2, leftOut: 3 },
    'Everything was saved as “a.zip”: 2 clips, 1 profile, 5 diary entries, the events of 2 recordings and your settings. 3 damaged entries were left out.',
    'Alles wurde als „a.zip“ gespeichert: 2 Clips, 1 Profil, 5 Tagebucheinträge, die Ereignisse von 2 Aufnahmen und Ihre Einstellungen. 3 beschädigte Einträge wurden ausgelassen.',
  ],
  [
    { code: 'undone-in-part', changedSince: 1 },
    'Undone, except for 1 clip with later changes.',
    'Rückgängig gemacht, außer bei 1 Clip mit späteren Änderungen.',
  ],
];

const offers: readonly [UndoOffer, string, string][] = [
  [
    { code: 'clip-deleted', clip },
    '“Snippet 24 Nov, 14:03:27” was deleted.',
    '„Ausschnitt 24. Nov., 14:03:27“ wurde gelöscht.',
  ],
  [{ code: 'clip-deleted', clip: { ...clip, name: 'Tür' } }, '“Tür” was deleted.', '„Tür“ wurde gelöscht.'],
  [{ code: 'clip-changed', clip: { ...clip, name: 'Tür' } }, '“Tür” was changed.', '„Tür“ wurde geändert.'],
  [{ code: 'clips-deleted', clips: 1 }, '1 clip was deleted.', '1 Clip wurde gelöscht.'],
  [{ code: 'clips-deleted', clips: 2 }, '2 clips were deleted.', '2 Clips wurden gelöscht.'],
  [
    { code: 'labels-accepted', clips: 1 },
    'The labels of 1 clip were accepted.',
    'Die Labels von 1 Clip wurden bestätigt.',
  ],
  [
    { code: 'labels-merged', before: { id: 'dog', name: 'Dog' }, now: bell },
    '“Dog” was merged with “Glocke”. Profiles show it once you train again.',
    '„Hund“ wurde mit „Glocke“ zusammengeführt. Profile zeigen das nach dem nächsten Training.',
  ],
];

const advice: readonly [Advice, string, RegExp][] = [
  [
    { code: 'too-few', label: 'glocke', clips: 3, enough: 5 },
    '“Glocke” has too few clips to tell how reliable it is: 3 of 5. Record 2 more.',
    /^„Glocke“ hat zu wenige Clips.*3 von 5\. Nehmen Sie noch 2 auf\.$/,
  ],
  [
    { code: 'one-sitting', labels: ['glocke'] },
    'All clips of “Glocke” were kept within one minute, so its results may look too good. Record some at another time or from farther away.',
    /^Alle Clips von „Glocke“ entstanden innerhalb einer Minute/,
  ],
  [
    { code: 'one-sitting', labels: ['glocke', 'glocke', 'glocke'] },
    'All clips of “Glocke”, “Glocke” and “Glocke” were kept within one minute, so their results may look too good. Record some at another time or from farther away.',
    /^Alle Clips von „Glocke“, „Glocke“ und „Glocke“ entstanden jeweils innerhalb einer Minute/,
  ],
  [
    { code: 'confused', actual: 'glocke', heard: 'glocke', mutual: true },
    '“Glocke” and “Glocke” are often confused. Record more of both.',
    /^„Glocke“ und „Glocke“ werden oft verwechselt/,
  ],
];

describe('the outcome of a command', () => {
  it.each(notices)('is told by %j in both languages', (notice, english, german) => {
    expect([en.notice(notice), de.notice(notice)]).toEqual([english, german]);
  });

  it.each(offers)('can be taken back by %j in both languages', (offer, english, german) => {
    expect([en.undoOffer(offer), de.undoOffer(offer)]).toEqual([english, german]);
  });

  it.each(advice)('is advice by %j in both languages', (code, english, german) => {
    const nameOf = (): string => 'Glocke';
    expect(en.advice(code, nameOf)).toBe(english);
    expect(de.advice(code, nameOf)).toMatch(german);
  });
});

describe('problems', () => {
  const list = { code: 'list-row-damaged', list: 'labels.csv', row: 2 } as const;

  it('within problems are told in the same language', () => {
    const reason: Problem = { ...list, reason: { code: 'label-too-long', characters: 99, most: 60 } };
    const problem: Problem = { code: 'dataset-damaged', file: 'set.zip', reason };
    expect(en.problemText(problem)).toBe(
      'Nothing was imported from “set.zip”. Row 2 of labels.csv: A label can have up to 60 characters, and this one has 99. Choose a shorter name.',
    );
    expect(de.problemText(problem)).not.toMatch(englishWords);
  });

  it.each<[BadValue, string, string]>([
    [new BadValue('3.name', 'wrong-type', 'string'), '“3.name” should be text', '„3.name“ muss ein Text sein'],
    [
      new BadValue('3.name', 'wrong-type', 'Float32Array'),
      '“3.name” is the wrong kind of value',
      '„3.name“ ist ein Wert der falschen Art',
    ],
    [new BadValue('3.name', 'missing'), '“3.name” is missing', '„3.name“ fehlt'],
    [new BadValue('', 'wrong-type', 'Array'), 'its content should be a list', 'Der Inhalt muss eine Liste sein'],
    [new BadValue('clips', 'out-of-range', '>=1'), '“clips” should be at least 1', '„clips“ muss mindestens 1 sein'],
    [
      new BadValue('clips', 'out-of-range', '<=20000'),
      '“clips” should be at most 20,000',
      '„clips“ muss höchstens 20.000 sein',
    ],
    [new BadValue('scale', 'wrong-length', '52'), '“scale” should have 52 entries', '„scale“ muss 52 Einträge haben'],
    [new BadValue('bias', 'wrong-length'), '“bias” has the wrong length', '„bias“ hat die falsche Länge'],
    [new BadValue('maxHz', 'out-of-range'), '“maxHz” is not a possible number', '„maxHz“ ist keine mögliche Zahl'],
  ])('with a value that cannot be used say what is wrong with it: %s', (error, english, german) => {
    const problem: Problem = { code: 'head-file-damaged', file: 'a.zip', part: 'labels.json', ...causeOf(error) };
    expect(en.problemText(problem)).toBe(
      `Nothing was imported: “a.zip” contains no usable profile, because labels.json is damaged: ${english}.`,
    );
    expect(de.problemText(problem)).toBe(
      `Es wurde nichts importiert: „a.zip“ enthält kein brauchbares Profil, denn labels.json ist beschädigt: ${german}.`,
    );
  });

  it('with a value that cannot be used say so of models and messages too', () => {
    const cause = causeOf(new BadValue('0.id', 'missing'));
    expect(en.problemText({ code: 'model-damaged', model: 'm', file: 'labels.json', ...cause })).toBe(
      'The model “m” can’t be used. Its file labels.json is damaged: “0.id” is missing. Press “Restart” to download it again.',
    );
    for (const code of ['bad-message', 'exemplars-damaged', 'model-list-missing'] as const) {
      expect(en.problemText({ code, ...cause })).toContain(': “0.id” is missing.');
      expect(de.problemText({ code, ...cause })).toContain(': „0.id“ fehlt.');
    }
  });

  it('name the button that is drawn beside them, and no other', () => {
    const every: readonly Problem[] = [
      { code: 'storage-newer' },
      { code: 'backup-newer', file: 'a.zip' },
      { code: 'exemplars-damaged', ...causeOf(new BadValue('0.id', 'missing')) },
      { code: 'model-damaged', model: 'm', file: 'a', ...causeOf(new BadValue('0.id', 'missing')) },
      { code: 'no-microphone' },
      { code: 'audio-suspended' },
    ];
    for (const texts of [en, de]) {
      for (const problem of every) {
        const named = Object.entries(texts.problem.remedies).filter(([, word]) =>
          new RegExp(`[“„]${word}[”“]`).test(texts.problemText(problem)),
        );
        const drawn = remedyOf(problem);
        expect(named.map(([remedy]) => remedy)).toEqual(drawn === 'none' ? [] : [drawn]);
      }
    }
  });

  it('without a detail have no empty brackets', () => {
    expect(en.problemText({ code: 'backend-lost', detail: '' })).toMatch(
      /^The graphics card stopped working for Earmark\. /,
    );
    expect(de.problemText({ code: 'worker-died', end: 'error', detail: 'x' })).toContain('(x)');
  });

  it('use the button names of the same language', () => {
    expect(en.problemText({ code: 'no-microphone' })).toContain(`“${en.problem.remedies.listen}”`);
    expect(de.problemText({ code: 'no-microphone' })).toContain(`„${de.problem.remedies.listen}“`);
    expect(en.problemText({ code: 'audio-suspended' })).toContain(`“${en.problem.remedies.resume}”`);
    expect(de.problemText({ code: 'audio-suspended' })).toContain(`„${de.problem.remedies.resume}“`);
    const restart: Problem = { code: 'backend-lost', detail: '' };
    expect(en.problemText(restart)).toContain(`“${en.problem.remedies.restart}”`);
    expect(de.problemText(restart)).toContain(`„${de.problem.remedies.restart}“`);
    expect(en.problemText(restart)).toContain(`“${en.settings.backend}”`);
    expect(de.problemText(restart)).toContain(`„${de.settings.backend}“`);
  });
});

describe('the report on backends', () => {
  const report: BackendReport = {
    taken: 'wasm',
    why: 'first',
    tagsPerSecond: 8,
    roomMs: 62.5,
    trials: [
      { backend: 'webgpu', outcome: 'unavailable', lack: 'no-adapter', detail: '' },
      { backend: 'webgl', outcome: 'wrong-numbers', error: 0.25 },
      { backend: 'wasm', outcome: 'taken', medianMs: 20 },
      { backend: 'cpu', outcome: 'not-needed' },
    ],
  };

  it('says in both languages why one was chosen, and how each did', () => {
    expect(en.backends.reason(report)).toBe(
      'WASM is the first that is both correct and fast enough: 20.0 ms per update; the limit is 63 ms.',
    );
    expect(de.backends.reason(report)).toBe(
      'WASM ist das erste, das richtig und schnell genug rechnet: 20,0 ms pro Auswertung; die Grenze liegt bei 63 ms.',
    );
    const found = report.trials.map((trial) => [en.backends.found(trial, report), de.backends.found(trial, report)]);
    expect(new Set(found.flat()).size).toBe(8);
    for (const [, german] of found) expect(german).not.toMatch(englishWords);
  });

  it('says so if the fastest is too slow', () => {
    const slow: BackendReport = { ...report, why: 'fastest' };
    expect(en.backends.reason(slow)).toContain('there will be fewer updates');
    expect(de.backends.reason(slow)).toContain('deshalb werden es weniger');
  });
});

describe('shipped models', () => {
  const models = readdirSync('public/models', { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it('say in both languages what they were measured on', () => {
    for (const { name } of models) {
      const { measuredOn, clips } = JSON.parse(readFileSync(`public/models/${name}/figures.json`, 'utf8'));
      expect(en.testSet(measuredOn, clips), name).toMatch(/^\d+ clips/);
      expect(de.testSet(measuredOn, clips), name).toMatch(/^\d+ Clips/);
    }
    expect(de.testSet('ESC-50, fold 4', 400)).toBe('ESC-50, fold 4');
  });

  it('have a name for every sound, in English the model’s own', () => {
    for (const { name } of models) {
      const labels = JSON.parse(readFileSync(`public/models/${name}/labels.json`, 'utf8')) as Label[];
      expect(labels.map((label) => labelName(label))).toEqual(labels.map((label) => label.name));
      for (const { id } of labels) expect(Object.keys(de.labels)).toContain(id);
    }
  });

  it('leave a person’s own sounds their names, even if Earmark has a word for them', () => {
    expect(labelNameIn(de.labels, labelNames, { id: 'guitar', name: 'Guitar' })).toBe('Gitarre');
    expect(labelNameIn(en.labels, labelNames, { id: 'guitar', name: 'Gitarre' })).toBe('Guitar');
    expect(labelNameIn(de.labels, labelNames, { id: 'guitar', name: 'my guitar' })).toBe('my guitar');
    expect(labelNameIn(en.labels, labelNames, { id: 'kettle', name: 'kettle' })).toBe('kettle');
  });
});
