import type { pageTexts as English } from '../en/page';

export const pageTexts: typeof English = {
  app: {
    title: 'Earmark: Welche Klänge sind um uns?',
    titleOf: (view) => `${view} – Earmark`,
    promise: 'Kein Ton verlässt dieses Gerät.',
    listeningTitle: '● Hört zu – Earmark',
    microphoneOpen: 'Mikrofon an. Kein Ton verlässt dieses Gerät.',
    noModel: 'Es gibt kein Modell, mit dem sich zuhören ließe.',
    mayAsk: 'Vielleicht fragt Ihr Browser, ob Earmark das Mikrofon benutzen darf.',
    welcome: 'Welche Klänge sind um uns?',
    howTo:
      'Drücken Sie „Zuhören“ und erlauben Sie das Mikrofon. Earmark zeigt, welche Klänge es hört, und bei jedem, wie sicher es ist. Nichts wird aufgenommen oder hochgeladen.',
    tryDemo: 'Ohne Mikrofon ausprobieren',
    demo: 'Eine Vorführung: Krähe, Glocke, Klavier. Das Mikrofon ist aus.',
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
    teach: 'Anlernen',
    models: 'Modelle',
    settings: 'Einstellungen',
    loading: 'Wird geladen…',
    outdated: 'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, um diese Ansicht zu öffnen.',
    failed: 'Diese Ansicht ließ sich nicht laden. Prüfen Sie die Verbindung, dann noch einmal.',
    tryAgain: 'Erneut versuchen',
  },

  update: {
    ready: 'Eine neue Version ist da. Ihre Aufnahmen und Köpfe bleiben.',
    busy: 'Eine neue Version ist da. Nehmen Sie sie, wenn Sie aufgehört haben.',
    taken:
      'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, um die neue Version auch hier zu nutzen.',
    takenBusy: 'Earmark wurde in einem anderen Fenster aktualisiert. Laden Sie neu, wenn Sie fertig sind.',
    refused: 'Ein anderes Fenster von Earmark hört zu oder lernt. Beenden Sie das, dann laden Sie neu.',
    reload: 'Neu laden',
  },

  install: {
    title: 'Earmark installieren',
    button: 'Installieren',
    byHand: 'Drücken Sie in Safari „Teilen“, dann „Zum Home-Bildschirm“.',
    why: 'Dann startet es wie jede andere App, auch ohne Netz.',
  },

  listenButton: {
    loading: 'Modell wird geladen…',
    ready: 'Zuhören',
    listening: 'Aufhören',
    failed: 'Zuhören',
    demo: 'Vorführung beenden',
  },

  problem: {
    remedies: { listen: 'Erneut versuchen', resume: 'Fortsetzen', restart: 'Neu starten' },
    dismiss: 'Ausblenden',
    more: (count) => `Und ${count} weitere dieser Art.`,
  },

  notices: {
    elsewhere:
      'Earmark ist noch in einem anderen Tab offen, und nur einer kann Aufnahmen und Köpfe speichern. Zuhören geht hier auch; sobald der andere Tab geschlossen ist, auch das Speichern, und Dateien, die Sie mit Earmark geöffnet haben, werden übernommen.',
    recoveries: {
      worker: 'Ein Teil von Earmark war ausgefallen und wurde neu gestartet. Alles geht weiter wie zuvor.',
      wasm: 'Die Grafikkarte ist wieder ausgefallen. Earmark rechnet mit WASM, bis die Seite neu geladen wird.',
      microphone: 'Das Mikrofon war unterbrochen und wurde neu geöffnet. Earmark hört weiter zu.',
      'default-microphone':
        'Das gewählte Mikrofon ist nicht da. Bis es wieder angeschlossen ist, gilt das des Systems.',
      'chosen-microphone': 'Das gewählte Mikrofon ist wieder da und wird wieder benutzt.',
      'last-model':
        'Das gewählte Modell ließ sich nicht laden, darum gilt wieder das vorige. Prüfen Sie die Verbindung und wählen Sie es dann noch einmal.',
    },
    undo: 'Rückgängig',
    forgetUndo: 'Nicht rückgängig machen',
  },

  shortcuts: {
    title: 'Tastenkürzel',
    close: 'Liste der Tastenkürzel schließen',
    off: 'Sie lassen sich in den Einstellungen abschalten.',
    what: {
      toggle: 'Zuhören beginnen oder beenden',
      keep: 'Die letzten Sekunden behalten, während zugehört wird',
      freeze: 'Die letzten zwei Minuten einfrieren, oder zurück zu jetzt; auch mit der Leertaste',
      filter: 'Klänge nach Namen filtern',
      wall: 'Die stärksten Klänge auf dem ganzen Bildschirm zeigen',
      listen: 'Zu „Hören“',
      teach: 'Zu „Anlernen“',
      models: 'Zu „Modelle“',
      settings: 'Zu „Einstellungen“',
      help: 'Diese Liste zeigen',
    },
  },

  announcer: {
    heard: (names) => `Zu hören: ${names.join(', ')}.`,
  },
};
