import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { diaryLimits, diarySettingsSchema } from '../../../src/shared/contracts/diary/diary-settings';
import { clipRuleLimits } from '../../../src/shared/contracts/diary/event-rules';
import { REMEMBERED_SECONDS } from '../../../src/shared/contracts/recent-past';

it('what lies beyond a limit gets its default', () => {
  const { keepDays, mostEvents } = diaryLimits;
  const wanted = { keepDays: keepDays.most + 1, mostEvents: mostEvents.least, calibrationDb: 94 };
  expect(parse(diarySettingsSchema, wanted)).toMatchObject({ keepDays: null, mostEvents: 1000, calibrationDb: 94 });
});

it('a clip ends while its start is still remembered', () => {
  const { secondsBefore, longestSeconds } = clipRuleLimits;
  expect(secondsBefore.most + longestSeconds.most).toBeLessThan(REMEMBERED_SECONDS);
});
