import { expect, it } from 'vitest';
import type { Alert } from '../../../../../src/app/diary/alerts/alert';
import type { Told } from '../../../../../src/app/diary/alerts/alert-judge';
import { Alerts } from '../../../../../src/app/diary/alerts/alerts';
import { type AlertRules, noAlerts } from '../../../../../src/shared/contracts/diary/alert-rules';
import { defaultEventRules, type EventRules } from '../../../../../src/shared/contracts/diary/event-rules';
import type { HeardEvent, HeardReport } from '../../../../../src/shared/contracts/diary/heard';
import { heapBytes, listen, names, START_MS } from '../../../support/night';

/** Three hours with midnight in them; `diary/night.test.ts` has eight. */
const NIGHT_SECONDS = 3 * 3600;
const COOLDOWN_SECONDS = 600;

const [first = '', second = ''] = names;

const rule = {
  name: first,
  means: ['notification' as const],
  cooldownSeconds: COOLDOWN_SECONDS,
  firstOfDay: false,
  quiet: null,
  leastProbability: 0,
  leastSeconds: 0,
};

const alertRules: AlertRules = { ...noAlerts, labels: { [first]: rule, [second]: { ...rule, firstOfDay: true } } };

/** Clips of three labels, which speech often keeps from being kept. */
const clip = { secondsBefore: 2, secondsAfter: 3, longestSeconds: 30, untilEnd: true };
const withClips: EventRules = {
  ...defaultEventRules,
  labels: Object.fromEntries(names.slice(0, 3).map((name) => [name, { clip }])),
};

/** Alerts that go by the sound's clock, as the page's would. */
function follow(): { told: (Alert & { atSeconds: number })[]; hear(report: HeardReport, atSeconds: number): void } {
  const told: (Alert & { atSeconds: number })[] = [];
  const memory = new Map<string, Record<string, Told>>();
  let atSeconds = 0;
  const alerts = new Alerts({
    memory: {
      read: (key) => memory.get(key) ?? {},
      write: (key, label, last) => memory.set(key, { ...memory.get(key), [label]: last }),
    },
    turn: { isMine: true },
    now: () => ({
      steadyMs: 1000 * atSeconds,
      day: new Date(START_MS + 1000 * atSeconds).toISOString().slice(0, 10),
      minutes: 0,
    }),
    tell: (alert) => told.push({ ...alert, atSeconds }),
  });
  return {
    told,
    hear: (report, seconds) => {
      atSeconds = seconds;
      void alerts.heard(report, alertRules, []);
    },
  };
}

/** Everything but the random id. */
const courseOf = ({ label, startMs, endMs, peakProbability, meanProbability, isOpen }: HeardEvent): unknown[] => [
  label,
  startMs,
  endMs,
  peakProbability,
  meanProbability,
  isOpen,
];

it('a night with alerts and clips has the events of one without, and one alert in each cooldown', () => {
  const night = (rules: EventRules, more: (report: HeardReport, atSeconds: number) => void) => {
    const events = new Map<string, HeardEvent>();
    const take = (report: HeardReport, atSeconds: number): void => {
      for (const event of report.events) events.set(event.id, event);
      more(report, atSeconds);
    };
    listen(NIGHT_SECONDS, 7, take, rules).finish();
    return [...events.values()];
  };
  const plain = night(defaultEventRules, () => {});
  const { told, hear } = follow();
  let clips = 0;
  let dropped = 0;
  const busy = night(withClips, (report, atSeconds) => {
    clips += report.clips.length;
    dropped += report.droppedForSpeech;
    hear(report, atSeconds);
  });
  expect(busy.map(courseOf)).toEqual(plain.map(courseOf));
  expect(busy.length).toBeGreaterThan(400);
  const clipped = busy.filter(({ label }) => names.slice(0, 3).includes(label)).length;
  expect(clips).toBeGreaterThan(40);
  expect(dropped).toBeGreaterThan(40);
  expect(clips + dropped).toBe(clipped);

  // The night begins at 22:00 UTC, so there are two days.
  expect(told.filter(({ label }) => label === second).map(({ startMs }) => new Date(startMs).getUTCDate())).toEqual([
    28, 29,
  ]);
  const times = told.filter(({ label }) => label === first).map(({ atSeconds }) => atSeconds);
  expect(times.length).toBeGreaterThan(12);
  const gaps = times.slice(1).map((at, i) => at - (times[i] as number));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(COOLDOWN_SECONDS);
  // It sounds every half minute or so: no alert is left out.
  expect(Math.max(...gaps)).toBeLessThan(COOLDOWN_SECONDS + 300);
});

it('does not fill the memory', () => {
  const { told, hear } = follow();
  listen(600, 1, hear, withClips).finish();
  const before = heapBytes();
  for (let hour = 0; hour < 3; hour++) {
    listen(3600, hour, (report, atSeconds) => hear(report, 3600 * hour + atSeconds), withClips).finish();
  }
  const grownBytes = heapBytes() - before;
  console.log(`three hours with alerts and clips: the heap grew by ${(grownBytes / 1e6).toFixed(1)} MB`);
  expect(told.length).toBeGreaterThan(12);
  expect(grownBytes).toBeLessThan(20e6);
});
