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
    goTo: (view: string) => `Zu „${view}“`,
  },
};
