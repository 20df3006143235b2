import type { settingsTexts as English } from '../en/settings';

export const settingsTexts: typeof English = {
  settings: {
    title: 'Einstellungen',
    microphone: 'Mikrofon',
    systemDefault: 'Wie im System eingestellt',
    nameless: (number) => `Mikrofon ${number}`,
    missing: 'Gewähltes Mikrofon (nicht angeschlossen)',
    voice: 'Sprachverbesserung',
    voiceWhy:
      'Unterdrückung von Echo und Rauschen, Regelung der Lautstärke. Besser aus: Sie sind für Gespräche gemacht und entfernen gerade die Klänge, auf die Earmark hört.',
    awake: 'Bildschirm anlassen',
    awakeWhy: 'Solange es zuhört. Viele Telefone hören mit dem Bildschirm auf zuzuhören. Braucht Strom.',
    cannotKeepAwake: 'Das kann dieser Browser nicht. Wann der Bildschirm ausgeht, sagen die Einstellungen des Systems.',
    backend: 'Läuft auf',
    backendWhy:
      'Automatisch versucht auf diesem Gerät eines nach dem anderen und nimmt das erste, das richtig und schnell genug rechnet.',
    rate: 'Urteile je Sekunde',
    rateWhy: 'Wie oft die letzten zwei Sekunden beurteilt werden. Mehr ist lebendiger und braucht mehr Strom.',
    noiseFloor: 'Ruhen unter',
    neverRest: 'Nie ruhen',
    noiseFloorWhy:
      'Solange zwei Sekunden lang nichts lauter ist, ruht das Netz, und die Anzeigen fallen. Das spart Strom, wenn es still ist.',
    language: 'Sprache',
    asBrowser: 'Wie der Browser',
    sound: 'Ton',
    computing: 'Rechnen',
    page: 'Diese Seite',
    theme: 'Farben',
    themes: { '': 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
    shortcuts: 'Tastenkürzel',
    shortcutsWhy:
      'Einzelne Tasten, etwa S für Anfang und Ende. Schalten Sie sie ab, wo sie einer Sprachsteuerung in die Quere kommen.',
    listShortcuts: 'Liste der Tastenkürzel',
    licences: 'Lizenzen der Software, die diese Seite enthält',
  },
};
