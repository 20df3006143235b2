import { describe, expect, it } from 'vitest';
import {
  dayStartMs,
  daysLater,
  hourAt,
  hoursOfDay,
  localDate,
  weekday,
} from '../../../../src/events/diary/local-hours';

const HOUR_MS = 3_600_000;
const shown = (date: [number, number, number], zone: string) => {
  const [year, month, day] = date;
  return hoursOfDay({ year, month, day }, zone).map(({ hour, startMs, endMs }) => ({
    hour,
    from: new Date(startMs).toISOString().slice(5, 16),
    minutes: (endMs - startMs) / 60_000,
  }));
};

describe('hoursOfDay', () => {
  it('has 24 hours of an hour each on most days', () => {
    const hours = shown([2026, 6, 1], 'Europe/Berlin');
    expect(hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
    expect(hours.every(({ minutes }) => minutes === 60)).toBe(true);
    // Berlin is two hours ahead of UTC in summer.
    expect(hours[0]?.from).toBe('05-31T22:00');
  });

  it('lacks the hour that Berlin skips in March', () => {
    const hours = shown([2026, 3, 29], 'Europe/Berlin');
    expect(hours.map(({ hour }) => hour).slice(0, 4)).toEqual([0, 1, 3, 4]);
    expect(hours).toHaveLength(23);
    expect(hours[2]?.from).toBe('03-29T01:00');
  });

  it('has twice the hour that Berlin repeats in October', () => {
    const hours = shown([2026, 10, 25], 'Europe/Berlin');
    expect(hours.map(({ hour }) => hour).slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
    expect(hours).toHaveLength(25);
    expect(hours.slice(2, 4).map(({ from }) => from)).toEqual(['10-25T00:00', '10-25T01:00']);
  });

  it('has a half hour more where the clock goes back by half an hour', () => {
    // Lord Howe Island sets 2:00 back to 1:30.
    const hours = shown([2026, 4, 5], 'Australia/Lord_Howe');
    expect(hours.slice(0, 4).map(({ hour, minutes }) => [hour, minutes])).toEqual([
      [0, 60],
      [1, 60],
      [1, 30],
      [2, 60],
    ]);
  });

  it('begins at 1:00 where the clock skips midnight', () => {
    // Havana sets 0:00 forward to 1:00 on 8 March 2026; its winter time is UTC−5.
    const hours = shown([2026, 3, 8], 'America/Havana');
    expect(hours[0]).toEqual({ hour: 1, from: '03-08T05:00', minutes: 60 });
    expect(hours).toHaveLength(23);
  });

  it('knows offsets of quarters of an hour', () => {
    // Nepal is 5:45 ahead of UTC.
    expect(shown([2026, 1, 1], 'Asia/Kathmandu')[0]).toEqual({ hour: 0, from: '12-31T18:15', minutes: 60 });
  });

  it('covers every day of a year without a gap, wherever it is', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Pacific/Chatham', 'Pacific/Kiritimati']) {
      let date = { year: 2026, month: 1, day: 1 };
      let endMs = dayStartMs(date, zone);
      for (let day = 0; day < 365; day += 1) {
        const hours = hoursOfDay(date, zone);
        expect(hours[0]?.startMs).toBe(endMs);
        endMs = hours.at(-1)?.endMs ?? 0;
        date = daysLater(date, 1);
      }
      expect(endMs - dayStartMs({ year: 2026, month: 1, day: 1 }, zone)).toBe(365 * 24 * HOUR_MS);
    }
  });
});

it('tells the hour of a moment as hoursOfDay does, wherever and whenever clocks change', () => {
  const days = [
    ['Australia/Lord_Howe', 2026, 4, 5],
    ['Australia/Lord_Howe', 2026, 10, 4],
    ['Europe/Berlin', 2026, 3, 29],
    ['Europe/Berlin', 2026, 10, 25],
    ['America/Havana', 2026, 3, 8],
  ] as const;
  for (const [zone, year, month, day] of days) {
    for (const hour of hoursOfDay({ year, month, day }, zone)) {
      expect(hourAt(hour.startMs, zone)).toEqual(hour);
      expect(hourAt(hour.endMs - 1, zone)).toEqual(hour);
    }
  }
});

it('tells the date of a moment in a place, and the day of the week', () => {
  const ms = Date.UTC(2026, 11, 31, 23, 30);
  expect(localDate(ms, 'Europe/Berlin')).toEqual({ year: 2027, month: 1, day: 1 });
  expect(localDate(ms, 'America/New_York')).toEqual({ year: 2026, month: 12, day: 31 });
  // 28 November 2026 is a Saturday.
  expect(weekday({ year: 2026, month: 11, day: 28 })).toBe(5);
});
