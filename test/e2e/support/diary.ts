import type { Page } from '@playwright/test';
import type { App } from '../../../src/app/app';
import type { LevelSpan, SoundEvent } from '../../../src/shared/contracts/sound-event';

/** An event as the diary stores it: one that a crow made yesterday, unless told otherwise. */
export function storedEvent(change: Partial<SoundEvent> & { readonly startMs: number }): SoundEvent {
  return {
    id: crypto.randomUUID(),
    label: 'crow',
    labelName: 'Crow',
    endMs: change.startMs + 2000,
    timeZone: 'Europe/Berlin',
    utcOffsetMinutes: 60,
    peakProbability: 0.8,
    meanProbability: 0.6,
    peakLevelDb: -30,
    threshold: 0.4,
    model: 'earmark-52',
    head: 'shipped',
    source: { kind: 'microphone', name: 'Desk' },
    ...change,
  };
}

/** Writes events beside the page, as an earlier visit did. Open the diary afterwards. */
export async function plant(page: Page, events: readonly SoundEvent[]): Promise<void> {
  await page.evaluate(async (rows) => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    // Creates the database.
    await app.diary.event('none');
    const opening = indexedDB.open('earmark');
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const transaction = opening.result.transaction('events', 'readwrite');
    for (const row of rows) transaction.objectStore('events').add(row);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    opening.result.close();
  }, events);
}

/** Opens the diary, or a part of it. */
export async function showDiary(page: Page, part = ''): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/diary${part}`);
}

/** Seconds of sound whose level is in the database, and the events that it holds. */
export function written(page: Page): Promise<{ heardSeconds: number; events: SoundEvent[] }> {
  return page.evaluate(async () => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    const levels: LevelSpan[] = await app.diary.levels(0, Date.now() + 1e7);
    const found = await app.diary.find({});
    const events = await app.diary.details(found, 0, found.count);
    return { heardSeconds: levels.reduce((sum, span) => sum + span.heardSeconds, 0), events };
  });
}
