import { expect, it } from 'vitest';
import { startTimeInName } from '../../../src/sound/start-time-in-name';

it.each([
  ['20250601_043000.WAV', '2025-06-01T04:30:00', undefined],
  ['AM12_20250601_043000T.wav', '2025-06-01T04:30:00', undefined],
  ['20250601T043000+1000_REC.flac', '2025-06-01T04:30:00', 600],
  ['S4A_20251231_235959-0330.wav', '2025-12-31T23:59:59', -210],
  ['20250601_043000Z.wav', '2025-06-01T04:30:00', 0],
  ['20250601_043000+05:45.wav', '2025-06-01T04:30:00', 345],
  ['Aufnahme 2025-06-01 04-30-00.m4a', '2025-06-01T04:30:00', undefined],
  ['2025-06-01-birdnet-04:30:00.wav', undefined, undefined],
  ['2025-06-01_04:30:00.wav', '2025-06-01T04:30:00', undefined],
  // A counter behind the time is no time zone.
  ['20250601_043000-0012.wav', '2025-06-01T04:30:00', undefined],
  ['20250230_043000.wav', undefined, undefined],
  ['20250601_246000.wav', undefined, undefined],
  ['120250601_043000.wav', undefined, undefined],
  ['20250601_0430001.wav', undefined, undefined],
  ['00000000_000000.wav', undefined, undefined],
  ['Hund.wav', undefined, undefined],
])('%s', (name, localTime, utcOffsetMinutes) => {
  const found = startTimeInName(name);
  expect(found?.localTime).toBe(localTime);
  expect(found?.utcOffsetMinutes).toBe(utcOffsetMinutes);
});
