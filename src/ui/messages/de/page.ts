import type { pageTexts as English } from '../en/page';
import { plural } from './words';

export const pageTexts: typeof English = {
  app: {
    title: 'Earmark: Was ist zu hören?',
    titleOf: (view) => `${view} – Earmark`,
    promise: 'Kein Ton verlässt dieses Gerät.',
    listeningTitle: '● Hört zu – Earmark',
    heardTitle: (name) => `● ${name} – Earmark`,
    microphoneOpen: 'Mikrofon an. Kein Ton verlässt dieses Gerät.',
    sharedOpen: 'Hört geteilten Ton. Kein Ton verlässt dieses Gerät.',
    noModel: 'Kein Modell zum Zuhören verfügbar.',
    mayAsk: 'Vielleicht fragt Ihr Browser, ob Earmark das Mikrofon verwenden darf.',
    welcome: 'Was ist zu hören?',
    howTo:
      'Drücken Sie „Zuhören“, und erlauben Sie das Mikrofon. Earmark zeigt, welche Klänge es hört und wie sicher es jeweils ist. Nichts wird hochgeladen, und aufgenommen wird nur, was Sie behalten möchten.',
    tryDemo: 'Ohne Mikrofon ausprobieren',
    demo: 'Demo mit Krähe, Glocke und Klavier. Das Mikrofon ist aus.',
    phases: {
      loading: 'Das Modell wird geladen.',
      ready: 'Bereit. Hört nicht zu.',
      starting: 'Das Mikrofon wird geöffnet.',
      listening: 'Hört zu.',
      waiting: 'Wartet auf ein Mikrofon.',
      failed: 'Kein Modell geladen.',
    },
  },

  views: {
    name: 'Ansichten',
    listen: 'Hören',
    diary: 'Tagebuch',
    recordings: 'Aufnahmen',
    teach: 'Anlernen',
    models: 'Modelle',
    settings: 'Einstellungen',
    loading: 'Wird geladen…',
    outdated: 'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, um diese Ansicht zu öffnen.',
    failed: 'Diese Ansicht konnte nicht geladen werden. Prüfen Sie die Verbindung, und versuchen Sie es erneut.',
    tryAgain: 'Erneut versuchen',
  },

  update: {
    taken:
      'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, um die neue Version auch hier zu nutzen.',
    takenBusy: 'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, wenn Sie fertig sind.',
    ready: 'Eine neue Version ist verfügbar. Ihre Clips und Profile bleiben erhalten.',
    busy: 'Eine neue Version ist verfügbar. Drücken Sie hier „Neu laden“, sobald Sie fertig sind.',
    refused: 'Ein anderes Earmark-Fenster hört zu oder trainiert. Beenden Sie das, und drücken Sie dann „Neu laden“.',
    reload: 'Neu laden',
    looking: 'Earmark sucht die neuere Version…',
    absent:
      'Hier gibt es keine neuere Version. Vielleicht ist diese Website zu einer älteren zurückgekehrt. Versuchen Sie es später noch einmal. Ihre Clips bleiben, wie sie sind.',
    unreachable:
      'Die neuere Version konnte nicht geladen werden. Prüfen Sie die Verbindung und ob noch Speicherplatz frei ist, und suchen Sie dann noch einmal.',
    lookAgain: 'Noch einmal suchen',
  },

  install: {
    title: 'Earmark installieren',
    button: 'Installieren',
    byHand: 'Drücken Sie in Safari auf „Teilen“, dann auf „Zum Home-Bildschirm“.',
    why: 'Earmark startet dann wie jede andere App, auch offline.',
  },

  listenButton: {
    loading: 'Modell wird geladen…',
    ready: 'Zuhören',
    listening: 'Aufhören',
    failed: 'Zuhören',
    demo: 'Demo beenden',
  },

  problem: {
    remedies: {
      listen: 'Erneut versuchen',
      resume: 'Fortsetzen',
      restart: 'Neu starten',
      update: 'Neuere Version holen',
    },
    dismiss: 'Ausblenden',
    more: (count) =>
      plural(count, { one: 'Und 1 weiteres Problem dieser Art.', other: `Und ${count} weitere Probleme dieser Art.` }),
  },

  notices: {
    elsewhere:
      'Earmark ist in einem anderen Tab geöffnet, und nur ein Tab kann speichern. Zuhören können Sie auch hier. Schließen Sie den anderen Tab, um hier zu speichern; geöffnete Dateien werden dann importiert.',
    recoveries: {
      worker: 'Ein Teil von Earmark ist ausgefallen und wurde neu gestartet. Alles läuft weiter wie zuvor.',
      wasm: 'Die Grafikkarte ist erneut ausgefallen, deshalb läuft Earmark auf WASM, bis Sie die Seite neu laden.',
      microphone: 'Das Mikrofon wurde unterbrochen und neu geöffnet. Earmark hört weiter zu.',
      'default-microphone':
        'Das gewählte Mikrofon ist nicht angeschlossen. Bis es wieder da ist, wird das Standardmikrofon verwendet.',
      'chosen-microphone': 'Das gewählte Mikrofon ist wieder da und wird verwendet.',
      'last-model':
        'Das gewählte Modell konnte nicht geladen werden, deshalb wird das vorherige verwendet. Prüfen Sie die Verbindung, und wählen Sie es dann erneut.',
    },
    proof: 'Zum Nachweis',
    undo: 'Rückgängig',
    offeredSettings:
      'Die Sicherung enthält auch Einstellungen, zum Beispiel Mikrofon, Modell und Sprache. Sollen sie Ihre ersetzen?',
    takeSettings: 'Einstellungen der Sicherung verwenden',
    leaveSettings: 'Meine behalten',
    earlierSteps: (count) =>
      `Danach ${plural(count, { one: 'lässt sich 1 früherer Schritt', other: `lassen sich ${count} frühere Schritte` })} rückgängig machen.`,
    forgetUndo: 'Ausblenden (danach nicht mehr rückgängig zu machen)',
  },

  alert: {
    heardAt: (time) => `Gehört um ${time}`,
    test: 'Das ist ein Test.',
    dismiss: 'Schließen',
    blocked:
      'Benachrichtigungen sind blockiert, deshalb erscheint die Meldung hier. Wie Sie sie erlauben, steht im Tagebuch unter „Meldungen“.',
  },

  announcer: {
    heard: (names) => `Zu hören: ${names.join(', ')}.`,
  },
};
