/** Nights of listening, by the sound's own clock: no timer runs. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Diary } from '../../../../src/app/diary/diary';
import type { HeardReport } from '../../../../src/shared/contracts/diary/heard';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { type DiaryEntries, DiaryStore } from '../../../../src/store/diary/diary-store';
import { diaryHost, emptyDiaryParts } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';
import { heapBytes, listen, START_MS } from '../../support/night';
import { seededRandom } from '../../support/random';

const source = { kind: 'microphone', name: 'Built-in' } as const;

useEmptyBrowser();
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('eight hours', () => {
  /** The reports of a night, delivered to a page as `deliver` says. @returns what it wrote. */
  async function written(reports: readonly HeardReport[], deliver: (diary: Diary) => Promise<void>) {
    expect(reports.length).toBeGreaterThan(8 * 3600);
    const events = new Map<string, SoundEvent>();
    let levelSeconds = 0;
    const store = {
      write: async (entries: DiaryEntries) => {
        for (const event of entries.events) events.set(event.id, event);
        for (const { heardSeconds } of entries.levels) levelSeconds += heardSeconds;
      },
      prune: async () => 0,
    };
    const parts = { ...emptyDiaryParts(), openStore: () => store as never };
    await deliver(new Diary(parts, diaryHost()));
    return { events, levelSeconds };
  }

  it('give a hidden page, which gets its reports late and in bursts and whose timers stand still, the same events', async () => {
    const reports: HeardReport[] = [];
    listen(8 * 3600, 7, (report) => reports.push(report)).finish();
    const visible = await written(reports, async (diary) => {
      for (const report of reports) await diary.heard(report, source);
    });
    const hidden = await written(reports, async (diary) => {
      const random = seededRandom(3);
      for (let at = 0; at < reports.length; ) {
        const burst = reports.slice(at, at + Math.ceil(200 * random()));
        at += burst.length;
        await Promise.all(burst.map((report) => diary.heard(report, source)));
      }
    });
    expect(visible.events.size).toBeGreaterThan(1000);
    expect([...visible.events.values()].some((event) => 'open' in event)).toBe(false);
    expect(hidden.events).toEqual(visible.events);
    expect(visible.levelSeconds).toBeCloseTo(8 * 3600, 3);
    expect(hidden.levelSeconds).toBeCloseTo(8 * 3600, 3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('do not fill the memory', async () => {
    let count = 0;
    const store = {
      write: async ({ events }: DiaryEntries) => {
        count += events.length;
      },
      prune: async () => 0,
    };
    const parts = { ...emptyDiaryParts(), openStore: () => store as never };
    const diary = new Diary(parts, diaryHost());
    // What is compiled and allocated once.
    listen(600, 1, (report) => void diary.heard(report, source)).finish();
    const before = heapBytes();
    const waiting: Promise<void>[] = [];
    for (let hour = 0; hour < 8; hour++) {
      listen(3600, hour, (report) => waiting.push(diary.heard(report, source)));
      await Promise.all(waiting.splice(0));
    }
    expect(count).toBeGreaterThan(4000);
    expect(heapBytes() - before).toBeLessThan(20e6);
  });
});

describe('a kill', () => {
  it.each(Array.from({ length: 20 }, (_, run) => [run]))(
    'at a random moment loses a second at most (run %d)',
    async (run) => {
      const random = seededRandom(100 + run);
      const seconds = 20 + 20 * random();
      const reports: HeardReport[] = [];
      /** What was known a second before the kill. */
      const truth = new Map<string, SoundEvent>();
      listen(seconds, run, (report, atSeconds) => {
        reports.push(report);
        if (atSeconds > seconds - 1) return;
        for (const { isOpen: _, ...event } of report.events) truth.set(event.id, event as never);
      });
      const diary = new Diary(
        { ...emptyDiaryParts(), openStore: (onChange) => new DiaryStore(openDatabase(), onChange) },
        diaryHost(),
      );
      // The last report may not have been written.
      const isLastWritten = random() < 0.5;
      for (const report of isLastWritten ? reports : reports.slice(0, -1)) await diary.heard(report, source);

      const next = new DiaryStore(openDatabase(), () => {});
      await next.begin();
      const rows = await next.rows((await next.find({})).keys);
      const stored = new Map(rows.map((event) => [event?.id, event as SoundEvent]));
      expect(truth.size).toBeGreaterThan(0);
      for (const event of truth.values()) expect(stored.get(event.id)?.endMs).toBeGreaterThanOrEqual(event.endMs);
      expect(rows.some((event) => event && 'open' in event)).toBe(false);
      const levels = await next.levels(START_MS - 10_000, START_MS + 100_000);
      const heardSeconds = levels.reduce((sum, span) => sum + span.heardSeconds, 0);
      expect(seconds - heardSeconds).toBeLessThanOrEqual(1);
    },
  );
});
