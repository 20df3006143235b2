import type { listenTexts as English } from '../en/listen';
import { plural } from './words';

export const listenTexts: typeof English = {
  status: {
    level: 'Pegel',
    details: 'Details',
    backend: 'Läuft auf',
    whyBackend: (backend) => `Warum ${backend}?`,
    tags: 'Auswertungen',
    perSecond: (count) => `${count}/s`,
    model: 'Modell',
    resting: 'pausiert',
    latency: 'Verzögerung',
    lost: 'Verloren',
    blocks: (count) => plural(count, { one: `${count} Block`, other: `${count} Blöcke` }),
  },

  spectrogram: {
    name: (past, lowest, highest) =>
      `Spektrogramm der letzten ${past}, wie das Modell sie erhält, ${lowest} bis ${highest}, das Neueste rechts`,
    empty: 'Spektrogramm',
    window: 'Was das Modell hört:',
  },

  rewind: {
    group: 'Die letzten zwei Minuten',
    moment: 'Zeitpunkt in den letzten zwei Minuten',
    now: 'jetzt',
    ago: (seconds) => `vor ${seconds} s`,
    freeze: 'Anhalten',
    live: 'Zurück zu jetzt',
    hear: 'Abspielen',
    stop: 'Stopp',
    keep: 'Zu „Anlernen“',
  },

  stages: {
    wall: 'Wandanzeige',
    picture: 'Kleines Fenster',
    pictureTitle: 'Earmark: stärkste Klänge',
    notListening: 'HÖRT NICHT ZU',
    deaf: {
      loading: 'Das Modell wird geladen.',
      ready: 'Das Zuhören wurde beendet.',
      starting: 'Das Mikrofon wird geöffnet.',
      waiting: 'Das Mikrofon fehlt.',
      failed: 'Es ist kein Modell geladen.',
      'no-sound': 'Es kommt kein Ton an.',
    },
    leaveWall: 'Esc oder Antippen führt zurück zu Earmark.',
    quiet: 'Ruhig',
    minutesAgo: (minutes) => (minutes === 0 ? 'gerade eben' : `vor ${minutes} min`),
  },

  meters: {
    strongest: 'Stärkste Klänge',
    others: 'Andere Klänge',
    comparedHead: (value) => `Vergleichsprofil: ${value}`,
  },

  picture: {
    saveSvg: 'Als SVG herunterladen',
    courses: 'Stärkste Klänge, eine Minute',
  },

  legend: {
    title: 'Was die Zeichen an einer Anzeige bedeuten',
    bar: 'wie sicher Earmark gerade ist',
    peak: 'Höchstwert von eben',
    threshold: 'gilt ab hier als gehört',
    sure: 'ab hier zu 95\u00a0% richtig',
    compared: 'verglichenes Profil',
    course: 'die letzte Minute',
  },

  intro: {
    title: 'Das werden Sie sehen',
    bars: 'Für jeden Klang ein Balken. Je länger er ist, desto sicherer erkennt Earmark den Klang.',
    past: 'Die letzten zwei Minuten. Halten Sie sie an, gehen Sie zurück und hören Sie einen Moment noch einmal.',
    own: 'Ihre eigenen Klänge. Behalten Sie einen, benennen Sie ihn unter „Anlernen“, und Earmark lernt ihn.',
    known: (count) => `${count} Klänge, die Earmark kennt`,
  },

  filter: {
    byName: 'Nach Namen filtern',
    shown: (shown, total) => `${shown} von ${total}`,
    soundsShown: 'Klängen angezeigt',
    groups: 'Gruppen von Klängen',
    all: 'Alle',
  },

  groups: {
    taught: 'Meine Klänge',
    animals: 'Tiere',
    nature: 'Natur',
    people: 'Menschen',
    home: 'Zuhause',
    alarms: 'Alarme und Glocken',
    vehicles: 'Fahrzeuge',
    tools: 'Werkzeuge und Maschinen',
    city: 'Stadt',
    instruments: 'Instrumente',
    'speech-and-music': 'Sprache und Musik',
  },

  keep: {
    group: 'Einen Klang behalten',
    last: (seconds) => `Letzte ${seconds} s behalten`,
    seconds: 'Wie viele Sekunden',
    record: 'Ab jetzt aufnehmen',
    stop: 'Aufnahme beenden',
    kept: (name) => `„${name}“ wurde behalten.`,
    label: 'Label vergeben',
    lastLabels: 'Zuletzt vergebene Labels',
    sameAsLast: (names) => `Wie zuletzt: ${names}`,
  },
};
