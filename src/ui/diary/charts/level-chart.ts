import { LEVEL_SPAN_SECONDS, type LevelSpan } from '../../../shared/contracts/sound-event';
import type { ChartData } from '../../kit/chart/chart-data';
import { t } from '../../messages/messages';

const SPAN_MS = 1000 * LEVEL_SPAN_SECONDS;
const HOUR_MS = 3_600_000;

/**
 * The level of a day, every ten seconds. Where Earmark did not listen, the lines have gaps.
 *
 * @param levels oldest first.
 * @param day its edges: the axis shows all of it, however long Earmark listened.
 * @param addedDb see `DiarySettings.calibrationDb`.
 */
export function levelChart(
  levels: readonly LevelSpan[],
  { dayStartMs, dayEndMs }: { readonly dayStartMs: number; readonly dayEndMs: number },
  addedDb: number,
  unit: string,
): ChartData {
  const moments: { readonly ms: number; readonly span?: LevelSpan }[] = [];
  let heardUntilMs = dayStartMs;
  for (const span of levels) {
    if (span.startMs > heardUntilMs) moments.push({ ms: heardUntilMs });
    moments.push({ ms: span.startMs, span });
    heardUntilMs = span.startMs + SPAN_MS;
  }
  if (heardUntilMs < dayEndMs) moments.push({ ms: heardUntilMs }, { ms: dayEndMs });
  const values = (levelOf: (span: LevelSpan) => number): (number | null)[] =>
    moments.map(({ span }) => {
      const levelDb = span ? levelOf(span) : Number.NEGATIVE_INFINITY;
      // Digital silence has no place on the axis.
      return Number.isFinite(levelDb) ? levelDb + addedDb : null;
    });
  return {
    title: t.diaryDay.level,
    x: moments.map(({ ms }) => (ms - dayStartMs) / HOUR_MS),
    lines: [
      { name: t.diaryDay.maximum, values: values(({ maximumDb }) => maximumDb), look: 'reference' },
      { name: t.diaryDay.mean, values: values(({ meanDb }) => meanDb), look: 'second' },
      { name: t.diaryDay.laeq, values: values(({ laeqDb }) => laeqDb), look: 'measured' },
      { name: t.diaryDay.minimum, values: values(({ minimumDb }) => minimumDb), look: 'reference' },
    ],
    xName: t.diaryDay.hoursSinceMidnight,
    yName: unit,
    unit: false,
    hasGaps: true,
  };
}
