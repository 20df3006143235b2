import { expect, it } from 'vitest';
import { hourAt } from '../../../../src/events/diary/local-hours';
import { hourWords } from '../../../../src/ui/diary/diary-words';

it.each([
  // Berlin sets 2:00 to 3:00 on 29 March 2026, and 3:00 to 2:00 on 25 October.
  ['Europe/Berlin', '2026-03-29T00:30Z', '01:00–02:00'],
  ['Europe/Berlin', '2026-10-25T00:30Z', '02:00–03:00'],
  ['Europe/Berlin', '2026-10-25T01:30Z', '02:00–03:00'],
  // Lord Howe Island sets 2:00 to 2:30 on 4 October, and 2:00 to 1:30 on 5 April.
  ['Australia/Lord_Howe', '2026-10-03T15:45Z', '02:30–03:00'],
  ['Australia/Lord_Howe', '2026-04-04T15:15Z', '01:30–02:00'],
  ['Europe/Berlin', '2026-06-01T21:59Z', '23:00–00:00'],
])('an hour is called what the clock shows in it: %s at %s', (zone, moment, words) => {
  expect(hourWords(hourAt(Date.parse(moment), zone), zone)).toBe(words);
});
