import { beforeAll, expect, it } from 'vitest';
import { hoursOfNight } from '../../../../src/events/diary/night';
import { nightSentences } from '../../../../src/ui/diary/charts/night-words';
import { loadAllTexts } from '../../../../src/ui/messages/messages';

beforeAll(loadAllTexts);

it('does not say that Earmark listened for 0 s in a night that has events, but no levels', () => {
  const evening = { year: 2026, month: 11, day: 27 };
  const hours = hoursOfNight(evening, 'Europe/Berlin');
  const summary = { events: 2, labels: 1, heardSeconds: 0, most: [{ label: 'dog', labelName: 'Dog', events: 2 }] };
  const sentences = (heardSeconds: number) =>
    nightSentences({ evening, hours, summary: { ...summary, heardSeconds } }, 'Europe/Berlin', new Map());
  expect(sentences(0)[0]).toBe('Between 21:00 and 07:00, Earmark heard 2 events of one sound.');
  expect(sentences(4320)[0]).toBe(
    'Between 21:00 and 07:00, Earmark listened for 1\u00a0h 12\u00a0min and heard 2 events of one sound.',
  );
});
