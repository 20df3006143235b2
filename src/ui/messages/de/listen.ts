import type { listenTexts as English } from '../en/listen';
import { clips, oneDecimal, plural } from './words';

const timesIn = (part: number, whole: number): string =>
  part === 0 ? `in weniger als 1 von ${whole} Fällen` : `in ${part} von ${whole} Fällen`;

export const listenTexts: typeof English = {
  status: {
    level: 'Pegel',
    details: 'Details',
    backend: 'Läuft auf',
    tags: 'Auswertungen',
    perSecond: (count) => `${count}/s`,
    model: 'Modell',
    resting: 'pausiert',
    latency: 'Verzögerung',
    lost: 'Verloren',
    hops: (count) => plural(count, { one: `${count} Block`, other: `${count} Blöcke` }),
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
      waiting: 'Das Mikrofon ist weg.',
      failed: 'Kein Modell ist geladen.',
      'no-sound': 'Es kommt kein Ton an.',
    },
    leaveWall: 'Mit Esc oder einem Tippen kommen Sie zurück zu Earmark.',
    quiet: 'Ruhig',
    minutesAgo: (minutes) => (minutes === 0 ? 'gerade eben' : `vor ${minutes} min`),
  },

  meters: {
    strongest: 'Stärkste Klänge',
    others: 'Andere Klänge',
    comparedHead: (value) => `Vergleichsprofil: ${value}`,
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

  trust: {
    unmeasured: 'Wie zuverlässig diese Zahl ist, wurde nicht gemessen.',
    ofAll: (said, part, whole, where) =>
      `Wenn Earmark in Tests bei irgendeinem Klang ${said} anzeigte, war er ${timesIn(part, whole)} da (${where}).`,
    ofOwn: (said, part, whole, where) =>
      `Wenn Earmark in Tests ${said} anzeigte, war dieser Klang ${timesIn(part, whole)} da (${where}).`,
    ofMoments: (said, part, whole, where) =>
      `Wenn Earmark in Tests in einem Moment bei irgendeinem Klang ${said} anzeigte, war er ${timesIn(part, whole)} da (${where}).`,
    tooFewMoments: (said, count, where) =>
      `In Tests zeigte Earmark ${said} zu selten an, um zu sagen, wie oft das stimmt: in ${plural(count, { one: '1 Moment', other: `${count} Momenten` })} (${where}).`,
    scenes: (hours) =>
      `${plural(hours, { one: '1 Stunde', other: `${oneDecimal(hours)} Stunden` })} Testszenen, in denen die Zeit jedes Klangs bekannt ist`,
    tooFew: (said, count, where) =>
      `In Tests zeigte Earmark ${said} zu selten an, um zu sagen, wie oft das stimmt: bei ${clips(count)} (${where}).`,
    ownClips: (count) => plural(count, { one: `Ihre ${count} Aufnahme`, other: `Ihre ${count} Aufnahmen` }),
    averagePrecision: 'Mittlere Genauigkeit',
    sureFrom: 'Zu 95\u00a0% richtig ab',
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
