import { describe, expect, it } from 'vitest';
import { edgesOf, hoursOfNight, nightSummary } from '../../../../src/events/diary/night';
import type { LabelCounts } from '../../../../src/shared/contracts/diary/diary-query';
import type { SoundEvent, Verdict } from '../../../../src/shared/contracts/sound-event';

const evening = { year: 2026, month: 11, day: 27 };
const night = hoursOfNight(evening, 'Europe/Berlin');
/** A clock in Berlin in November 2026, which is an hour ahead of UTC. */
const clock = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 10, day, hour - 1, minute);

const event = (label: string, startMs: number, minutes: number, verdict?: Verdict) =>
  ({ label, labelName: label, startMs, endMs: startMs + minutes * 60_000, ...(verdict && { verdict }) }) as SoundEvent;

const counts = (label: string, perHour: Record<number, number>): LabelCounts => ({
  label,
  labelName: label.toUpperCase(),
  counts: Uint32Array.from(night, ({ hour }) => perHour[hour] ?? 0),
  seconds: new Float64Array(night.length),
});

describe('hoursOfNight', () => {
  it('is ten hours from 21:00 on, and nine or eleven where the clock changes', () => {
    expect(night).toHaveLength(10);
    expect(night[0]?.startMs).toBe(clock(27, 21));
    expect(hoursOfNight({ year: 2026, month: 3, day: 28 }, 'Europe/Berlin')).toHaveLength(9);
    expect(hoursOfNight({ year: 2026, month: 10, day: 24 }, 'Europe/Berlin')).toHaveLength(11);
  });

  it('has one more edge than hours', () => {
    const edges = edgesOf(night);
    expect([edges.length, edges[0], edges.at(-1)]).toEqual([11, clock(27, 21), clock(28, 7)]);
    expect(edgesOf([])).toEqual([]);
  });
});

describe('nightSummary', () => {
  it('finds the most frequent labels, the busiest hour and the longest sound that counts', () => {
    const span = { startMs: 0, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -52, heardSeconds: 10 };
    const rain = event('rain', clock(28, 5), 40);
    const summary = nightSummary(
      night,
      [
        counts('cow', { 22: 1 }),
        counts('owl', { 23: 1, 4: 1 }),
        counts('fox', { 4: 1 }),
        counts('rain', { 5: 1 }),
        counts('hen', {}),
      ],
      [event('owl', clock(27, 23, 10), 1), rain, event('cat', clock(28, 4, 30), 90, { answer: 'wrong' })],
      [span, { ...span, heardSeconds: 4 }],
    );
    expect(summary).toEqual({
      events: 5,
      labels: 4,
      heardSeconds: 14,
      most: [
        { label: 'owl', labelName: 'OWL', events: 2 },
        { label: 'cow', labelName: 'COW', events: 1 },
        { label: 'fox', labelName: 'FOX', events: 1 },
      ],
      busiest: { ...night[7], events: 2 },
      longest: rain,
    });
    expect(summary.busiest?.hour).toBe(4);
  });

  it('names no hour and no sound for a silent night', () => {
    expect(nightSummary(night, [], [], [])).toEqual({ events: 0, labels: 0, heardSeconds: 0, most: [] });
  });
});
