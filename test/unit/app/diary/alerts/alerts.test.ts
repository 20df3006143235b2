import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../../../../src/app/diary/alerts/alert';
import type { Told } from '../../../../../src/app/diary/alerts/alert-judge';
import { Alerts, alertTime } from '../../../../../src/app/diary/alerts/alerts';
import { type AlertRule, type AlertRules, noAlerts } from '../../../../../src/shared/contracts/diary/alert-rules';
import type { HeardEvent } from '../../../../../src/shared/contracts/diary/heard';
import type { Label } from '../../../../../src/shared/contracts/model/label';
import { someMs, soundEvent } from '../../../support/diary';

const MINUTE_MS = 60_000;

/** A bark is a dog; a siren and a smoke alarm are alarms. */
const labels = [
  { id: 'dog', name: 'Dog', group: 'animals' },
  { id: 'bark', name: 'Bark', group: 'animals', parents: ['dog'] },
  { id: 'yelp', name: 'Yelp', group: 'animals', parents: ['bark'] },
  { id: 'siren', name: 'Siren', group: 'alarms' },
  { id: 'smoke', name: 'Smoke alarm', group: 'alarms' },
] as const satisfies readonly Label[];

const rule: AlertRule = {
  name: 'Dog',
  means: ['notification'],
  cooldownSeconds: 300,
  firstOfDay: false,
  quiet: null,
  leastProbability: 0,
  leastSeconds: 0,
};

const of = (change: Partial<AlertRule> = {}): AlertRules => ({ ...noAlerts, labels: { dog: { ...rule, ...change } } });

/** A page that alerts, with clocks that the test sets. */
class Page {
  readonly told: Alert[] = [];
  turn = { isMine: true };
  /** Of the device's clock; the steady one goes its own way. */
  deviceMs = someMs;
  steadyMs = 1_000_000;
  memory: Record<string, Record<string, Told>>;
  #alerts: Alerts;

  constructor(
    readonly rules: AlertRules,
    memory: Page['memory'] = {},
  ) {
    this.memory = memory;
    const now = () => {
      const date = new Date(this.deviceMs);
      const day = `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
      return { steadyMs: this.steadyMs, day, minutes: 60 * date.getHours() + date.getMinutes() };
    };
    this.#alerts = new Alerts({
      memory: {
        read: (key) => this.memory[key] ?? {},
        write: (key, label, told) => {
          this.memory = { ...this.memory, [key]: { ...this.memory[key], [label]: told } };
        },
      },
      turn: this.turn,
      now,
      tell: (alert) => this.told.push(alert),
    });
  }

  /** So much time goes by. */
  pass(ms: number): this {
    this.deviceMs += ms;
    this.steadyMs += ms;
    return this;
  }

  /** The worker reports an event that has sounded for so long. @returns the ids of all events told so far. */
  hear(id: string, seconds: number, change: Partial<HeardEvent> = {}): (string | undefined)[] {
    const endMs = this.deviceMs;
    const { timeZone: _, utcOffsetMinutes: __, source: ___, ...event } = soundEvent();
    const heard = { ...event, id, startMs: endMs - 1000 * seconds, endMs, isOpen: true, ...change };
    void this.#alerts.heard({ events: [heard] }, this.rules, labels);
    return this.told.map(({ event: told }) => told);
  }
}

describe('an alert', () => {
  it('tells what is heard, at once', () => {
    const page = new Page(of({ means: ['tone', 'flash'] }));
    page.hear('a', 0.5);
    expect(page.told).toEqual([
      { event: 'a', label: 'dog', labelName: 'Dog', startMs: someMs - 500, means: ['tone', 'flash'] },
    ]);
  });

  it('comes once for each event, and exactly once within a cooldown', () => {
    const page = new Page(of());
    expect(page.hear('a', 0.5)).toEqual(['a']);
    expect(page.pass(400).hear('a', 0.9)).toEqual(['a']);
    for (let i = 0; i < 60; i++) page.pass(4900).hear(`b${i}`, 1, { isOpen: false });
    expect(page.told).toHaveLength(1);
    expect(page.pass(300_000 - 400 - 60 * 4900).hear('c', 1)).toEqual(['a', 'c']);
  });

  it('comes for what still sounds when the cooldown is over', () => {
    const page = new Page(of());
    page.hear('a', 0.5);
    expect(page.pass(299_000).hear('b', 0.5)).toEqual(['a']);
    expect(page.pass(999).hear('b', 1.5)).toEqual(['a']);
    expect(page.pass(1).hear('b', 1.6)).toEqual(['a', 'b']);
  });

  it('does not come for sounds without a rule', () => {
    expect(new Page(of()).hear('a', 1, { label: 'siren' })).toEqual([]);
    expect(new Page(noAlerts).hear('a', 1)).toEqual([]);
  });

  it('waits until a sound is strong enough', () => {
    const page = new Page(of({ leastProbability: 0.8 }));
    expect(page.hear('a', 1, { peakProbability: 0.79 })).toEqual([]);
    expect(page.pass(400).hear('a', 1.4, { peakProbability: 0.8 })).toEqual(['a']);
  });

  it('waits until a sound has lasted, over the pieces of a long one, and comes once for all of them', () => {
    const page = new Page(of({ leastSeconds: 900 }));
    const startMs = page.deviceMs;
    expect(page.pass(600_000).hear('a', 600, { isOpen: false })).toEqual([]);
    expect(page.pass(299_000).hear('b', 299, { continues: 'a' })).toEqual([]);
    expect(page.pass(1000).hear('b', 300, { continues: 'a' })).toEqual(['b']);
    expect(page.pass(300_000).hear('b', 600, { continues: 'a', isOpen: false })).toEqual(['b']);
    expect(page.pass(600_000).hear('c', 600, { continues: 'b' })).toEqual(['b']);
    expect(page.deviceMs - startMs).toBe(1_800_000);
  });

  it('does not come for a short sound that is over', () => {
    const page = new Page(of({ leastSeconds: 30 }));
    page.hear('a', 20, { isOpen: false });
    expect(page.pass(60_000).hear('b', 29.9, { isOpen: false })).toEqual([]);
  });

  it('of a sound that is to be the first of the day comes once a day, by the day on which it began', () => {
    const page = new Page(of({ firstOfDay: true }));
    page.deviceMs = new Date(2026, 10, 28, 9).getTime();
    expect(page.hear('a', 1)).toEqual(['a']);
    expect(page.pass(10 * 60 * MINUTE_MS).hear('b', 1)).toEqual(['a']);
    page.deviceMs = new Date(2026, 10, 28, 23, 59).getTime();
    page.hear('c', 1);
    expect(page.pass(2 * MINUTE_MS).hear('c', 121)).toEqual(['a']);
    expect(page.pass(6 * 60 * MINUTE_MS).hear('d', 1)).toEqual(['a', 'd']);
  });

  it('is held back by what was told before a reload', () => {
    const before = new Page(of());
    before.hear('a', 1);
    const page = new Page(of(), before.memory);
    expect(page.pass(200_000).hear('b', 1)).toEqual([]);
    expect(page.pass(100_000).hear('c', 1)).toEqual(['c']);
  });

  it('leaves it to the window whose turn it is', () => {
    const page = new Page(of());
    page.turn.isMine = false;
    expect(page.hear('a', 1)).toEqual([]);
    page.turn.isMine = true;
    expect(page.hear('a', 1.4)).toEqual(['a']);
  });
});

describe('a clock that is set', () => {
  it.each([-3_600_000, 3_600_000, -60_000])(
    'by %d ms while listening neither repeats an alert nor holds one back',
    (change) => {
      const page = new Page(of());
      page.hear('a', 1);
      page.deviceMs += change;
      expect(page.pass(299_000).hear('b', 1)).toEqual(['a']);
      expect(page.pass(1000).hear('b', 2)).toEqual(['a', 'b']);
    },
  );

  it('back between two visits holds alerts back for no longer than the cooldown', () => {
    const before = new Page(of());
    before.hear('a', 1);
    const page = new Page(of(), before.memory);
    page.steadyMs -= 3_600_000;
    expect(page.hear('b', 1)).toEqual(['b']);
  });

  it('to another day gives that day its own first', () => {
    const page = new Page(of({ firstOfDay: true }));
    page.hear('a', 1);
    page.deviceMs -= 3 * 24 * 60 * MINUTE_MS;
    expect(page.pass(300_000).hear('b', 1)).toEqual(['a', 'b']);
  });
});

describe('labels above and beside', () => {
  it('a rule counts for the labels below that have none, and its cooldown for all of them', () => {
    const page = new Page(of());
    expect(page.hear('a', 1, { label: 'yelp', labelName: 'Yelp' })).toEqual(['a']);
    expect(page.told[0]).toMatchObject({ label: 'yelp', labelName: 'Yelp' });
    expect(page.pass(1000).hear('b', 1, { label: 'dog' })).toEqual(['a']);
  });

  it('the nearest rule decides', () => {
    const means = (page: Page, label: string) => {
      page.hear(label, 1, { label });
      return page.told.at(-1)?.means;
    };
    const byLabel = { dog: { ...rule, means: ['tone' as const] }, bark: { ...rule, means: ['flash' as const] } };
    const page = new Page({ labels: byLabel, groups: { animals: { ...rule, means: ['vibration'] } } });
    expect(means(page, 'yelp')).toEqual(['flash']);
    expect(means(page, 'dog')).toEqual(['tone']);
  });

  it('a group tells each of its sounds, but a dog and its bark once', () => {
    const groups = { animals: rule, alarms: rule };
    const page = new Page({ labels: {}, groups });
    page.hear('siren', 1, { label: 'siren' });
    page.hear('smoke', 1, { label: 'smoke' });
    page.hear('bark', 1, { label: 'bark' });
    page.hear('dog', 1, { label: 'dog' });
    expect(page.hear('siren again', 1, { label: 'siren' })).toEqual(['siren', 'smoke', 'bark']);
  });

  it('a taught sound has the group of taught ones, and a rule of its own', () => {
    const taught = { label: 'my_door', labelName: 'My door' };
    expect(new Page({ labels: {}, groups: { taught: rule } }).hear('a', 1, taught)).toEqual(['a']);
    expect(new Page({ labels: { my_door: rule }, groups: {} }).hear('a', 1, taught)).toEqual(['a']);
  });

  it('a rule for a label that is gone does no harm', () => {
    const page = new Page({ labels: { gone: rule, dog: rule }, groups: { 'gone-too': rule } });
    expect(page.hear('a', 1)).toEqual(['a']);
  });
});

describe('quiet hours', () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  /** Whether there is an alert at a moment. */
  const alertsAt = (iso: string, quiet: AlertRule['quiet']): boolean => {
    const page = new Page(of({ quiet }));
    page.deviceMs = Date.parse(iso);
    return page.hear('a', 1).length === 1;
  };

  it('hold alerts back, by day and over midnight', () => {
    const day = { fromMinutes: 13 * 60, toMinutes: 14 * 60 + 30 };
    expect(['11:59', '12:00', '13:29', '13:30'].map((time) => alertsAt(`2026-11-28T${time}:00Z`, day))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    const night = { fromMinutes: 22 * 60, toMinutes: 6 * 60 };
    expect(['20:59', '21:00', '23:30', '04:59', '05:00'].map((t) => alertsAt(`2026-11-28T${t}:00Z`, night))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('follow the clock on the wall where it changes', () => {
    const night = { fromMinutes: 22 * 60, toMinutes: 6 * 60 };
    // 6:00 is 5:00 UTC in winter and 4:00 UTC in summer. The clocks changed at 1:00 UTC.
    expect(['2026-03-29T03:59:00Z', '2026-03-29T04:00:00Z'].map((at) => alertsAt(at, night))).toEqual([false, true]);
    expect(['2026-10-25T04:59:00Z', '2026-10-25T05:00:00Z'].map((at) => alertsAt(at, night))).toEqual([false, true]);
    // 2:30 comes twice in October, and not at all in March, when 3:00 follows 2:00.
    const hour = { fromMinutes: 150, toMinutes: 210 };
    expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => alertsAt(at, hour))).toEqual([false, false]);
    expect(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z'].map((at) => alertsAt(at, hour))).toEqual([true, false]);
  });

  it('let through what still sounds when they end', () => {
    const page = new Page(of({ quiet: { fromMinutes: 60, toMinutes: 120 } }));
    page.deviceMs = Date.parse('2026-11-28T00:59:59Z');
    expect(page.hear('a', 1)).toEqual([]);
    expect(page.pass(1000).hear('a', 2)).toEqual(['a']);
  });
});

describe('the browser’s clocks', () => {
  it('tell the local time of day, and a time that goes on', () => {
    const before = alertTime();
    const date = new Date();
    expect(before.minutes).toBe(60 * date.getHours() + date.getMinutes());
    expect(before.day.split('-').map(Number)).toEqual([date.getFullYear(), date.getMonth() + 1, date.getDate()]);
    expect(Math.abs(before.steadyMs - date.getTime())).toBeLessThan(60_000);
  });
});
