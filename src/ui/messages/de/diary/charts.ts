import type { diaryChartTexts as English } from '../../en/diary/charts';
import { listed, plural } from '../words';

const events = (count: number): string =>
  plural(count, { one: '1 Ereignis', other: `${count.toLocaleString('de')} Ereignisse` });

export const diaryChartTexts: typeof English = {
  diaryDay: {
    date: 'Datum',
    before: { day: 'Voriger Tag', week: 'Vorige Woche', month: 'Voriger Monat' },
    after: { day: 'Nächster Tag', week: 'Nächste Woche', month: 'Nächster Monat' },
    hours: 'Stunde für Stunde',
    table: 'Ereignisse nach Klang und Stunde',
    total: 'Summe',
    unit: 'Was die Zellen zeigen',
    inEvents: 'Ereignisse',
    inMinutes: 'Minuten',
    cell: (name, hour, value) => `${name}, ${hour}: ${value}`,
    nothing: 'An diesem Tag war nichts zu hören.',
    clockChanged: (hours) => `An diesem Tag wird die Uhr umgestellt, deshalb hat er ${hours} Stunden.`,
    level: 'Pegel',
    laeq: 'LAeq',
    minimum: 'Minimum',
    mean: 'Mittel',
    maximum: 'Maximum',
    lines: 'Die durchgezogene Linie ist der LAeq, die gepunktete das Mittel. Die dünnen sind Minimum und Maximum.',
    hoursSinceMidnight: 'Stunden seit Mitternacht',
    levelWords: (laeq, minimum, maximum) => `LAeq ${laeq}, Minimum ${minimum}, Maximum ${maximum}.`,
    noLevels: 'Earmark hat an diesem Tag nicht zugehört, deshalb gibt es keinen Pegel.',
    calibrate: 'Mit einem Schallpegelmesser kalibrieren',
    calibrateWhy:
      'Ohne Kalibrierung beziehen sich Pegel auf den lautesten Ton, den Ihr Mikrofon aufnehmen kann (dBFS). Geben Sie ein, was ein Schallpegelmesser neben dem Mikrofon anzeigt, während Earmark einem gleichmäßigen Klang zuhört. Kalibrieren Sie neu, wenn Sie das Mikrofon oder seine Lautstärke ändern.',
    reading: 'Messwert',
    useReading: 'Kalibrieren',
    forgetReading: 'Kalibrierung entfernen',
    faults: {
      deaf: 'Earmark hat in der letzten halben Minute nicht zugehört. Starten Sie das Zuhören, und versuchen Sie es erneut.',
      range: 'Geben Sie den Messwert in dB(A) ein, zum Beispiel 54,3.',
    },
    weekOf: (first, last) => `${first} bis ${last}`,
    days: 'Tage',
    panel: (name, total, day, most) => `${name}: ${events(total)}, die meisten am ${day} (${most})`,
    nothingIn: { week: 'In dieser Woche war nichts zu hören.', month: 'In diesem Monat war nichts zu hören.' },
    multiples: (most) => `Jeder Balken ist ein Tag. Der höchste steht für ${events(most)}.`,
  },

  diaryNight: {
    title: (from, to) => `Nacht von ${from} auf ${to}`,
    heard: (count, labels, from, to, heard) =>
      `Zwischen ${from} und ${to} hat Earmark ${heard === undefined ? '' : `${heard} zugehört und `}${events(count)} ${plural(labels, { one: 'eines Klangs', other: `von ${labels} Klängen` })} notiert.`,
    nothing: (from, to, heard) =>
      `Zwischen ${from} und ${to} hat Earmark ${heard} zugehört, aber kein Klang hat seine Schwelle erreicht.`,
    most: (items) =>
      items.length === 1
        ? `Der einzige Klang war ${items[0]?.name}.`
        : `Am häufigsten: ${listed(items.map(({ name, events: count }) => `${name} (${count})`))}.`,
    peak: (from, to, count, longest, length, at) =>
      `Am meisten geschah zwischen ${from} und ${to} (${count}); der längste Klang war ${longest}, ${length} ab ${at}.`,
  },
};
