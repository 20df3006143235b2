import { expect, it } from 'vitest';
import { startOfRecording } from '../../../src/sound/start-of-recording';

const bext = { localTime: '2025-06-01T04:30:01', source: 'bext' as const };
const guano = { localTime: '2025-06-01T06:30:00', utcOffsetMinutes: 120, source: 'guano' as const };
/** The file was closed an hour after it was begun. */
const file = { modifiedMs: Date.UTC(2025, 5, 1, 5, 0, 0), seconds: 3600 };
const berlin = (): number => 120;

it('a time with a zone inside the file comes first', () => {
  expect(startOfRecording({ ...file, name: '20250601_043000.wav', startTime: guano }, berlin)).toEqual(guano);
});

it('then the name, before a time without a zone', () => {
  expect(startOfRecording({ ...file, name: '20250601_043000.wav', startTime: bext }, berlin)).toEqual({
    localTime: '2025-06-01T04:30:00',
    source: 'name',
  });
  expect(startOfRecording({ ...file, name: 'a.wav', startTime: bext }, berlin)).toEqual(bext);
});

it('the file’s date is that of its end', () => {
  expect(startOfRecording({ ...file, name: 'a.wav', startTime: undefined }, berlin)).toEqual({
    localTime: '2025-06-01T06:00:00',
    utcOffsetMinutes: 120,
    source: 'file-date',
  });
});

it('without a date nothing is known', () => {
  expect(startOfRecording({ name: 'a.wav', startTime: undefined, seconds: 1 }, berlin)).toBeUndefined();
});
