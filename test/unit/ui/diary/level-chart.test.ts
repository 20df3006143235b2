import { beforeAll, expect, it } from 'vitest';
import { levelChart } from '../../../../src/ui/diary/charts/level-chart';
import { loadAllTexts } from '../../../../src/ui/messages/messages';

beforeAll(loadAllTexts);

it('shows all of a day, with gaps where Earmark did not listen', () => {
  const hourMs = 3_600_000;
  const span = { minimumDb: -50, meanDb: -40, maximumDb: -30, laeqDb: -42, heardSeconds: 10 };
  const levels = [{ ...span, startMs: 6 * hourMs }];
  const { x, lines } = levelChart(levels, { dayStartMs: 0, dayEndMs: 25 * hourMs }, 90, 'dB(A)');
  expect(x.map((hour) => Math.round(hour))).toEqual([0, 6, 6, 25]);
  expect(lines[2]?.values).toEqual([null, 48, null, null]);
});
