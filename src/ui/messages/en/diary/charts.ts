import { listed, plural } from '../words';

const events = (count: number): string =>
  plural(count, { one: '1 event', other: `${count.toLocaleString('en')} events` });

/** English texts of the diary's charts. */
export const diaryChartTexts = {
  diaryDay: {
    date: 'Date',
    before: { day: 'Previous day', week: 'Previous week', month: 'Previous month' },
    after: { day: 'Next day', week: 'Next week', month: 'Next month' },
    hours: 'Hour by hour',
    table: 'Events by sound and hour',
    total: 'Total',
    unit: 'What the cells show',
    inEvents: 'Events',
    inMinutes: 'Minutes',
    cell: (name: string, hour: string, value: string) => `${name}, ${hour}: ${value}`,
    nothing: 'Nothing was heard on this day.',
    clockChanged: (hours: string) => `The clocks change on this day, so it has ${hours} hours.`,
    level: 'Level',
    laeq: 'LAeq',
    minimum: 'Minimum',
    mean: 'Mean',
    maximum: 'Maximum',
    lines: 'The solid line is LAeq, the dotted one the mean. The thin ones are the minimum and the maximum.',
    hoursSinceMidnight: 'Hours since midnight',
    levelWords: (laeq: string, minimum: string, maximum: string) =>
      `LAeq ${laeq}, minimum ${minimum}, maximum ${maximum}.`,
    noLevels: 'Earmark did not listen on this day, so there is no level.',
    calibrate: 'Calibrate with a sound level meter',
    calibrateWhy:
      'Without calibration, levels are relative to the loudest sound that your microphone can record (dBFS). While Earmark listens to a steady sound, enter what a sound level meter beside the microphone shows. Calibrate again after you change the microphone or its volume.',
    reading: 'Reading',
    useReading: 'Calibrate',
    forgetReading: 'Remove calibration',
    faults: {
      deaf: 'Earmark has not listened in the last half minute. Start listening, then try again.',
      range: 'Enter the reading in dB(A), such as 54.3.',
    },
    weekOf: (first: string, last: string) => `${first} to ${last}`,
    days: 'Days',
    panel: (name: string, total: number, day: string, most: number) =>
      `${name}: ${events(total)}, most on ${day} (${most})`,
    nothingIn: { week: 'Nothing was heard in this week.', month: 'Nothing was heard in this month.' },
    multiples: (most: number) => `Each bar is a day. The highest stands for ${events(most)}.`,
  },

  diaryNight: {
    title: (from: string, to: string) => `Night from ${from} to ${to}`,
    heard: (count: number, labels: number, from: string, to: string, heard: string | undefined) =>
      `Between ${from} and ${to}, Earmark ${heard === undefined ? '' : `listened for ${heard} and `}heard ${events(count)} of ${plural(labels, { one: 'one sound', other: `${labels} sounds` })}.`,
    nothing: (from: string, to: string, heard: string) =>
      `Between ${from} and ${to}, Earmark listened for ${heard} and heard nothing that reached its threshold.`,
    most: (items: readonly { readonly name: string; readonly events: number }[]) =>
      items.length === 1
        ? `The only sound was ${items[0]?.name}.`
        : `Most often: ${listed(items.map(({ name, events: count }) => `${name} (${count})`))}.`,
    peak: (from: string, to: string, count: number, longest: string, length: string, at: string) =>
      `Most happened between ${from} and ${to} (${count}); the longest sound was ${longest}, ${length} from ${at}.`,
  },
};
