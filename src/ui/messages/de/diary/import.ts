import type { diaryImportTexts as English } from '../../en/diary/import';
import { listed, plural, quoted } from '../words';

const grouped = (count: number): string => count.toLocaleString('de');
const rows = (count: number): string => plural(count, { one: '1 Zeile', other: `${grouped(count)} Zeilen` });
const verdicts = (count: number): string => plural(count, { one: '1 Urteil', other: `${grouped(count)} Urteile` });
const leftOut = (count: number): string => `${rows(count)} ausgelassen`;

const lines = (count: number, first: readonly number[]): string =>
  count > first.length
    ? `Zeilen ${first.join(', ')} usw.`
    : plural(count, { one: `Zeile ${first[0]}`, other: `Zeilen ${listed(first.map(String))}` });

const MOST_NAMED = 8;

const some = (names: readonly string[]): string =>
  listed([
    ...names.slice(0, MOST_NAMED).map(quoted),
    ...(names.length > MOST_NAMED ? [`${names.length - MOST_NAMED} weitere`] : []),
  ]);

export const diaryImportTexts: typeof English = {
  diaryImport: {
    title: 'Urteile importieren',
    what: 'Lesen Sie Urteile aus Audacity-Textmarken, einer Auswahltabelle von Raven oder aus Earmarks eigenem CSV oder JSON Lines. Earmark zeigt zuerst, was sie ändern würden.',
    choose: 'Tabelle auswählen…',
    reading: 'Tabelle wird gelesen…',
    writing: 'Urteile werden geschrieben…',
    failed:
      'Die Tabelle ließ sich nicht mit dem Tagebuch vergleichen. Es wurde nichts geändert. Versuchen Sie es noch einmal.',
    noTable: {
      empty: 'Diese Datei ist leer. Es wurde nichts geändert.',
      'no-text':
        'Diese Datei ist keine Tabelle. Wählen Sie eine Textdatei mit Textmarken, zum Beispiel CSV. Es wurde nichts geändert.',
      'open-quote':
        'Ein Anführungszeichen in dieser Tabelle wird nie geschlossen. Deshalb lassen sich ihre Zeilen nicht unterscheiden. Es wurde nichts geändert.',
    },
    noColumns: (header) =>
      header.length === 0
        ? 'Earmark hat in dieser Datei keine Spalten gefunden. Nötig sind Anfang, Ende und Klang. Es wurde nichts geändert.'
        : `Earmark kennt die Spalten dieser Tabelle nicht (${some(header)}). Nötig sind Anfang, Ende und Klang, zum Beispiel „start_s“, „end_s“ und „label“. Es wurde nichts geändert.`,
    kinds: {
      audacity: 'Audacity-Textmarken',
      raven: 'Auswahltabelle von Raven',
      earmark: 'Tabelle von Earmark',
      kaleidoscope: 'Tabelle von Kaleidoscope',
      other: 'Tabelle',
    },
    read: (kind, count) => `${kind}: ${rows(count)} mit einem Urteil.`,
    unjudged: (count) =>
      plural(count, {
        one: '1 Zeile ohne Urteil bleibt außen vor.',
        other: `${grouped(count)} Zeilen ohne Urteil bleiben außen vor.`,
      }),
    faulty: {
      'no-number': (count, first) => `${leftOut(count)}: Die Zeiten sind keine Zahlen (${lines(count, first)}).`,
      negative: (count, first) => `${leftOut(count)}: Die Zeiten liegen unter null (${lines(count, first)}).`,
      crossed: (count, first) => `${leftOut(count)}: Das Ende liegt vor dem Anfang (${lines(count, first)}).`,
      'no-label': (count, first) => `${leftOut(count)}: Der Klang fehlt (${lines(count, first)}).`,
      'unknown-verdict': (count, first) =>
        `${leftOut(count)}: Das Urteil ist weder „richtig“, „falsch“ oder „unsicher“ noch „anderer Klang“ mit dem richtigen Klang (${lines(count, first)}).`,
    },
    unknownColumns: (names) => `Nicht verwendet: ${some(names)}.`,
    commas: 'Die Zahlen haben Dezimalkommas. Earmark liest sie entsprechend.',
    matches: (matched, unmatched) =>
      unmatched === 0
        ? `${rows(matched)} ${matched === 1 ? 'passt' : 'passen'} zum Tagebuch.`
        : `${rows(matched)} ${matched === 1 ? 'passt' : 'passen'} zum Tagebuch, ${grouped(unmatched)} nicht.`,
    unchanged: (count) =>
      plural(count, {
        one: '1 Ereignis hat dieses Urteil schon.',
        other: `${grouped(count)} Ereignisse haben diese Urteile schon.`,
      }),
    replaced: (count) =>
      plural(count, { one: '1 Urteil ersetzt ein anderes.', other: `${grouped(count)} Urteile ersetzen andere.` }),
    neverHeard: (labels) =>
      `Keiner ihrer Klänge steht im Tagebuch: ${some(labels)}. Nennen Sie sie so wie im Tagebuch, und wählen Sie die Tabelle dann erneut.`,
    origin: 'Sekunde 0 der Tabelle',
    originWhy:
      'Die Tabelle enthält nur Sekunden. Zu diesem Zeitpunkt passen die meisten ihrer Zeilen zum Tagebuch. Berichtigen Sie ihn, falls er nicht stimmt.',
    write: (count) => `${verdicts(count)} schreiben`,
    cancel: 'Abbrechen',
    written: (count, of) =>
      count === of ? `${verdicts(count)} geschrieben.` : `${grouped(count)} von ${grouped(of)} Urteilen geschrieben.`,
    undo: 'Rückgängig',
    undone: 'Die Urteile sind wieder wie zuvor.',
  },
};
