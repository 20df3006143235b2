import type { listenTexts as English } from '../en/listen';
import { plural } from './words';

const shareOf = (part: number, whole: number): string =>
  part === 0 ? `weniger als 1 von ${whole}` : `${part} von ${whole}`;

export const listenTexts: typeof English = {
  status: {
    level: 'Pegel',
    backend: 'Backend',
    tags: 'Urteile',
    perSecond: (count) => `${count}/s`,
    model: 'Modell',
    resting: 'ruht',
    latency: 'Klang bis Anzeige',
    lost: 'Verloren',
    hops: (count) => plural(count, { one: `${count} Block`, other: `${count} Blöcke` }),
  },

  spectrogram: {
    name: (past, lowest, highest) =>
      `Spektrogramm der letzten ${past}, wie das Netz sie bekommt, ${lowest} bis ${highest}; das Neueste rechts`,
    empty: 'Spektrogramm',
    window: 'Das Fenster des Netzes:',
  },

  rewind: {
    group: 'Die letzten zwei Minuten',
    moment: 'Zeitpunkt in den letzten zwei Minuten',
    now: 'jetzt',
    ago: (seconds) => `vor ${seconds} s`,
    freeze: 'Einfrieren',
    live: 'Zurück zu jetzt',
    hear: 'Anhören',
    stop: 'Stopp',
    keep: 'Zum Anlernen',
  },

  stages: {
    wall: 'Wandanzeige',
    picture: 'Kleines Fenster',
    pictureTitle: 'Earmark: stärkste Klänge',
  },

  meters: {
    strongest: 'Stärkste Klänge',
    others: 'Andere Klänge',
    noneInGroup: (group, text) =>
      `Kein Klang in „${group}“ hat „${text}“ im Namen. Versuchen Sie ein kürzeres Wort oder eine andere Gruppe.`,
    none: (text) => `Kein Klang hat „${text}“ im Namen. Versuchen Sie ein kürzeres Wort.`,
    comparedHead: (value) => `Verglichener Kopf: ${value}`,
  },

  trust: {
    unmeasured: 'Wie weit dieser Zahl zu trauen ist, wurde nicht gemessen.',
    ofAll: (said, part, whole, where) =>
      `${said}: Von Aufnahmen mit diesem Wert, über alle Klänge, enthielten ${shareOf(part, whole)} den Klang (gemessen an: ${where}).`,
    ofOwn: (said, part, whole, where) =>
      `${said}: Von Aufnahmen mit diesem Wert enthielten ${shareOf(part, whole)} diesen Klang (gemessen an: ${where}).`,
    tooFew: (said, clips, where) =>
      `${said}: Zu wenige Aufnahmen mit diesem Wert wurden gemessen, um zu sagen, wie oft das stimmt (${clips} an: ${where}).`,
    ownClips: (count) => plural(count, { one: `Ihre ${count} Aufnahme`, other: `Ihre ${count} Aufnahmen` }),
    averagePrecision: 'Mittlere Präzision',
    sureFrom: 'Zu 95 % richtig ab',
  },

  filter: {
    byName: 'Nach Namen filtern',
    shown: (shown, total) => `${shown} von ${total}`,
    soundsShown: 'Klängen gezeigt',
    groups: 'Gruppen von Klängen',
    all: 'Alle',
  },

  groups: {
    taught: 'Meine Klänge',
    animals: 'Tiere',
    nature: 'Natur',
    people: 'Menschen',
    home: 'Zuhause',
    city: 'Stadt',
    'speech-and-music': 'Sprache und Musik',
  },

  keep: {
    group: 'Einen Klang behalten',
    last: (seconds) => `Letzte ${seconds} s behalten`,
    seconds: 'Wie viele Sekunden',
    record: 'Ab jetzt aufnehmen',
    stop: 'Aufnahme beenden',
    kept: (name) => `„${name}“ behalten.`,
    label: 'Label geben',
  },
};
