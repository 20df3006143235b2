import type { WorkerEnd } from '../../../shared/contracts/messages/problem';
import type { StartProblem } from '../start-problem';
import { inBrackets, type TextsOf } from '../texts';
import { backendNames, backendResult } from './backends';
import { because } from './value-faults';
import { quoted } from './words';

const workerEnds: Readonly<Record<WorkerEnd, string>> = {
  silent: 'er antwortet nicht mehr',
  ended: 'der Browser hat ihn beendet',
  'not-loaded': 'er konnte nicht geladen werden',
  error: '',
};

export const startProblems: TextsOf<StartProblem> = {
  'permission-denied':
    'Earmark darf das Mikrofon nicht verwenden. Erlauben Sie es für diese Seite (Symbol neben der Adresse), und drücken Sie dann „Erneut versuchen“.',
  'nothing-shared':
    'Es wird kein Ton freigegeben. Drücken Sie „Erneut versuchen“, wählen Sie einen Tab oder Bildschirm, und setzen Sie das Häkchen für seinen Ton.',
  'no-microphone':
    'Kein Mikrofon gefunden. Schließen Sie eines an, oder schalten Sie es in den Systemeinstellungen ein, und drücken Sie dann „Erneut versuchen“.',
  'microphone-busy':
    'Das Mikrofon ließ sich nicht öffnen. Vielleicht verwendet es ein anderes Programm: Schließen Sie dieses, und drücken Sie dann „Erneut versuchen“.',
  'microphone-unplugged':
    'Das Mikrofon ist nicht mehr angeschlossen. Sobald es wieder da ist, hört Earmark weiter zu. Oder wählen Sie in den Einstellungen ein anderes, und drücken Sie „Erneut versuchen“.',
  'microphone-failed': ({ detail }) =>
    `Das Mikrofon ließ sich nicht öffnen${inBrackets(detail)}. Drücken Sie „Erneut versuchen“.`,
  'microphone-muted':
    'Das System hat das Mikrofon stummgeschaltet, deshalb ist nur Stille zu hören. Heben Sie das in den Systemeinstellungen oder am Mikrofon auf; Earmark macht dann von selbst weiter.',
  'insecure-page': ({ wanted }) =>
    `${wanted === 'clips' ? 'Nur sichere Seiten dürfen Clips speichern' : 'Nur sichere Seiten dürfen das Mikrofon verwenden'}. Öffnen Sie Earmark über https oder auf diesem Rechner als http://localhost.`,
  'unsupported-browser':
    'Dieser Browser kann keinen Live-Ton an eine Seite geben. Verwenden Sie ein aktuelles Chrome, Edge, Firefox oder Safari.',
  'unknown-backend': ({ asked, known }) =>
    `Ein Backend ${quoted(asked)} gibt es nicht, deshalb wählt Earmark selbst. Möglich ist ?backend= mit ${known.join(', ')}.`,
  'demo-missing': ({ detail }) =>
    `Die Demo konnte nicht geladen werden${inBrackets(detail)}. Prüfen Sie die Verbindung, und versuchen Sie es erneut.`,
  'audio-suspended':
    'Der Browser hat den Ton angehalten, deshalb ist nichts zu hören. Drücken Sie „Fortsetzen“, um weiterzumachen.',
  'model-missing': ({ model, file, detail }) =>
    `Das Modell ${quoted(model)} konnte nicht geladen werden: Die Datei ${file} fehlt oder ist nicht erreichbar${inBrackets(detail)}. Prüfen Sie die Verbindung, und drücken Sie dann „Neu starten“.`,
  'model-damaged': ({ model, file, ...cause }) =>
    `Das Modell ${quoted(model)} lässt sich nicht verwenden${file === undefined ? '' : `. Die Datei ${file} ist beschädigt`}${because(cause)}. Drücken Sie „Neu starten“, um es erneut herunterzuladen.`,
  'no-backend': ({ forced, trials }) => {
    const all = trials.map((trial) => `${backendNames[trial.backend]}: ${backendResult(trial, { roomMs: 0 })}`);
    const advice = forced
      ? 'Wählen Sie unter „Läuft auf“ etwas anderes oder „Automatisch“'
      : 'Aktualisieren Sie den Browser, oder probieren Sie einen anderen';
    return `Dieser Browser kann das Modell nicht ausführen (${all.join('; ')}). ${advice}, und drücken Sie dann „Neu starten“.`;
  },
  'tagging-failed': ({ detail }) =>
    `Earmark wurde angehalten, weil sich das Modell nicht ausführen ließ${inBrackets(detail)}. Drücken Sie „Neu starten“.`,
  'worker-died': ({ end, detail }) =>
    `Der Teil von Earmark, der den Ton auswertet, läuft nicht mehr${inBrackets([workerEnds[end], detail].filter(Boolean).join(': '))}. Drücken Sie „Neu starten“.`,
  'backend-lost': ({ detail }) =>
    `Earmark kann die Grafikkarte nicht mehr verwenden${inBrackets(detail)}. Drücken Sie „Neu starten“, oder wählen Sie in den Einstellungen unter „Läuft auf“ WASM.`,
  'bad-message': (cause) =>
    `Zwei Teile von Earmark verstehen sich nicht${because(cause)}. Vielleicht ist einer veraltet: Laden Sie die Seite neu.`,
  unexpected: ({ detail }) =>
    `Ein unerwarteter Fehler ist aufgetreten${inBrackets(detail)}. Drücken Sie „Neu starten“, um weiterzumachen.`,
};
