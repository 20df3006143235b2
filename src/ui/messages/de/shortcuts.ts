import type { shortcutsTexts as English } from '../en/shortcuts';

export const shortcutsTexts: typeof English = {
  shortcuts: {
    title: 'Tastenkürzel',
    close: 'Tastenkürzel schließen',
    off: 'Sie können sie in den Einstellungen ausschalten.',
    what: {
      toggle: 'Zuhören starten oder beenden',
      keep: 'Die letzten Sekunden behalten (beim Zuhören)',
      freeze: 'Die letzten zwei Minuten anhalten oder zurück zu jetzt (auch mit der Leertaste)',
      filter: 'Klänge nach Namen filtern',
      wall: 'Die stärksten Klänge im Vollbild zeigen',
      help: 'Diese Liste zeigen',
    },
    inRecording: 'In einer Aufnahme',
    recording: {
      play: 'Abspielen oder anhalten',
      loop: 'Auswahl in einer Schleife abspielen',
      zoomIn: 'Vergrößern (auch +)',
      zoomOut: 'Verkleinern (auch −)',
      zoomAll: 'Alles zeigen',
      zoomSelection: 'Auswahl vergrößern',
      step: 'Zurück oder vor',
      second: 'Um eine Sekunde zurück oder vor',
      select: 'Mehr nach links oder rechts auswählen',
      ends: 'Zum Anfang oder zum Ende',
      selectEnds: 'Bis zum Anfang oder Ende auswählen',
      border: 'Auswahl hier beginnen oder enden lassen',
      event: 'Zum vorigen oder nächsten Ereignis',
      label: 'Neues Ereignis in der Auswahl benennen',
      none: 'Auswahl aufheben',
    },
    goTo: (view: string) => `Zu „${view}“`,
  },
};
