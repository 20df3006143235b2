import type { settingsTexts as English } from '../en/settings';

export const settingsTexts: typeof English = {
  settings: {
    title: 'Einstellungen',
    microphone: 'Mikrofon',
    systemDefault: 'Standard des Systems',
    sharedSound: 'Ton eines Tabs oder des Computers',
    nameless: (number) => `Mikrofon ${number}`,
    missing: 'Gewähltes Mikrofon (nicht angeschlossen)',
    voice: 'Sprachverbesserung',
    voiceWhy:
      'Echo- und Rauschunterdrückung, automatische Pegelregelung. Am besten aus: Sie sind für Telefonate gedacht und entfernen gerade die Klänge, auf die Earmark achtet.',
    awake: 'Bildschirm anlassen',
    awakeWhy:
      'Solange Earmark zuhört. Viele Telefone beenden das Zuhören, sobald der Bildschirm ausgeht. Braucht mehr Strom.',
    cannotKeepAwake:
      'Dieser Browser kann das nicht. Stellen Sie in den Systemeinstellungen ein, wann der Bildschirm ausgeht.',
    backend: 'Läuft auf',
    backendWhy:
      'Das Backend, auf dem das Modell läuft. „Automatisch“ probiert auf diesem Gerät eines nach dem anderen aus und verwendet das erste, das richtig und schnell genug rechnet.',
    rate: 'Auswertungen pro Sekunde',
    rateWhy:
      'Wie oft die letzten zwei Sekunden ausgewertet werden. Mehr Auswertungen reagieren schneller und brauchen mehr Strom.',
    noiseFloor: 'Auswertung pausieren unter',
    neverRest: 'Nie pausieren',
    noiseFloorWhy:
      'Wenn zwei Sekunden lang nichts lauter war, pausiert die Auswertung, und die Anzeigen sinken. Das spart Strom, wenn es still ist.',
    language: 'Sprache',
    asBrowser: 'Wie der Browser',
    sound: 'Ton',
    computing: 'Auswertung',
    page: 'Darstellung',
    theme: 'Farben',
    themes: { '': 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
    heardInTitle: 'Klänge im Tab',
    heardInTitleWhy:
      'Titel und Symbol des Tabs zeigen, was gerade zu hören war, auch wenn ein anderer Tab im Vordergrund ist.',
    shortcuts: 'Tastenkürzel',
    shortcutsWhy:
      'Einzelne Tasten, zum Beispiel S für Start und Stopp. Schalten Sie sie aus, wenn sie eine Sprachsteuerung stören.',
    listShortcuts: 'Tastenkürzel anzeigen',
    licences: 'Lizenzen der Software in dieser Seite',
  },
  yourData: {
    title: 'Ihre Daten',
    why: 'Ihre Clips, Labels, Profile, Ihr Tagebuch, die Ereignisse Ihrer Aufnahmen und Ihre Einstellungen liegen nur in diesem Browser und gehen verloren, wenn seine Daten gelöscht werden. Speichern Sie sie ab und zu als eine Datei. Der Ton der Aufnahmen gehört nicht dazu.',
    exportAll: 'Alles exportieren',
    importBackup: 'Sicherung importieren',
    importWhy: 'Der Import fügt hinzu, was fehlt, und ändert nichts, was schon da ist.',
    file: 'Zu importierende Sicherung',
    export: (done, total) => `Exportiert: ${done} von ${total || '…'}`,
    import: (done, total) => `Importiert: ${done} von ${total || '…'}`,
    progress: 'Fortschritt',
  },
};
