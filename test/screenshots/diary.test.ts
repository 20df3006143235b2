import { mkdir } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { App } from '../../src/app/app';
import type { LevelSpan, SoundEvent } from '../../src/shared/contracts/sound-event';
import { encodeWav, toInt16 } from '../../src/shared/lib/files/wav';
import { seededRandom } from '../../src/shared/lib/math/random';
import { defaultSettings } from '../../src/store/settings';
import { plant, showDiary, storedEvent } from '../e2e/support/diary';
import { openBrowser } from '../e2e/support/listener';
import { packagedSound } from '../e2e/support/sounds';

/** All states are looked at there; the few that documents show are copied. */
const FOLDER = 'test-results/screenshots';
const sizes = [
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
];
const themes = ['light', 'dark'] as const;
const languages = ['en', 'de'] as const;
const HOUR_MS = 3_600_000;
/** The end of the last night that was heard. */
const MORNING_MS = Date.parse('2026-11-28T08:00:00+01:00');

let browser: Browser;
test.afterAll(() => browser.close());
test.setTimeout(3_600_000);

const alert = {
  ...{ name: 'Siren', means: ['notification', 'flash'] as const, cooldownSeconds: 600, firstOfDay: false },
  ...{ quiet: { fromMinutes: 22 * 60, toMinutes: 7 * 60 }, leastProbability: 0.6, leastSeconds: 3 },
};
const clip = { secondsBefore: 2, secondsAfter: 2, longestSeconds: 30, untilEnd: true };
const { diary } = defaultSettings;

/** With alerts and clips, also for a label that no model knows any more. */
const settings = {
  ...defaultSettings,
  diary: {
    ...diary,
    rules: { ...diary.rules, labels: { crow: { clip }, our_kettle: { clip: null } }, groupClips: { animals: clip } },
    alerts: {
      labels: { siren: alert, our_kettle: { ...alert, name: 'Our kettle', quiet: null, leastSeconds: 0 } },
      groups: { nature: { ...alert, name: 'Nature', means: ['tone', 'vibration'] as const, firstOfDay: true } },
    },
  },
};

/** Three weeks by a window on a street. */
function street(): SoundEvent[] {
  const random = seededRandom(21);
  const sounds = [
    ['dog', 'Dog', 5],
    ['crow', 'Crow', 4],
    ['siren', 'Siren', 1.5],
    ['rain', 'Rain', 1],
    ['car_horn', 'Car horn', 2.5],
    ['church_bells', 'Church bells', 3],
    ['our_kettle', 'Our kettle', 1],
  ] as const;
  const events: SoundEvent[] = [];
  for (let hour = 21 * 24; hour > 0; hour--) {
    const startOfHour = MORNING_MS - hour * HOUR_MS;
    const isDay = new Date(startOfHour + HOUR_MS).getUTCHours() >= 6;
    for (const [label, labelName, perHour] of sounds) {
      const count = Math.floor(perHour * (isDay ? 1 : 0.25) * 2 * random());
      for (let i = 0; i < count; i++) {
        const startMs = Math.round(startOfHour + HOUR_MS * random());
        const peakProbability = 0.35 + 0.64 * random();
        const answer = (['right', 'wrong', 'right', 'right'] as const)[Math.floor(8 * random())];
        events.push(
          storedEvent({
            ...{ label, labelName, startMs, peakProbability, meanProbability: 0.8 * peakProbability },
            endMs: startMs + Math.round(600 + 9000 * random() ** 2),
            peakLevelDb: -50 + 30 * random(),
            ...(answer && { verdict: { answer } }),
          }),
        );
      }
    }
  }
  const newest = events.sort((a, b) => a.startMs - b.startMs).slice(-6);
  return [
    ...events.slice(0, -6),
    ...newest.map((event, i) => ({
      ...event,
      clip: event.id,
      ...(i === 4 && { note: 'The neighbour’s, at the gate' }),
      ...(i === 2 && { verdict: { answer: 'other', label: 'rooster' } as const }),
    })),
  ];
}

/** Levels of the last day, and the sounds of the newest events. */
async function plantMore(page: Page, events: readonly SoundEvent[]): Promise<void> {
  const levels = Array.from({ length: (24 * HOUR_MS) / 10_000 }, (_, i): LevelSpan => {
    const meanDb = -52 + 8 * Math.sin(i / 900) + 5 * Math.sin(i / 37);
    const startMs = MORNING_MS - 24 * HOUR_MS + 10_000 * i;
    return { startMs, minimumDb: meanDb - 9, meanDb, maximumDb: meanDb + 14, laeqDb: meanDb - 2, heardSeconds: 10 };
  });
  const crow = await packagedSound('misc_crow.flac');
  const wav = Buffer.from(encodeWav(toInt16(crow), 48_000)).toString('base64');
  const clips = events.filter(({ clip }) => clip !== undefined);
  await page.evaluate(
    async ([spans, own, sound]) => {
      const opening = indexedDB.open('earmark');
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      const transaction = opening.result.transaction(['levels', 'eventClips', 'eventSounds'], 'readwrite');
      const BLOCK_MS = 300_000;
      const blocks = new Map<number, Float32Array>();
      for (const span of spans) {
        const key = Math.floor(span.startMs / BLOCK_MS);
        const block = blocks.get(key) ?? new Float32Array(30 * 5);
        blocks.set(key, block);
        const at = 5 * ((span.startMs - key * BLOCK_MS) / 10_000);
        block.set([span.minimumDb, span.meanDb, span.maximumDb, span.laeqDb, span.heardSeconds], at);
      }
      for (const [key, block] of blocks) transaction.objectStore('levels').put(block, key);
      const bytes = Uint8Array.from(atob(sound), (character) => character.charCodeAt(0)).buffer;
      for (const { id, label, peakProbability, startMs } of own) {
        const clip = { event: id, label, peakProbability, startMs, bytes: bytes.byteLength, isKept: false };
        transaction.objectStore('eventClips').put(clip);
        transaction.objectStore('eventSounds').put(bytes, id);
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      opening.result.close();
    },
    [levels, clips, wav] as const,
  );
}

test('every state of the diary, in three sizes, two themes and two languages', async ({ baseURL }) => {
  await mkdir(FOLDER, { recursive: true });
  browser = await openBrowser({});
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB' });
  await context.clock.setFixedTime(MORNING_MS);
  await context.addInitScript((text) => {
    if (localStorage.getItem('earmark.settings') === null) localStorage.setItem('earmark.settings', text);
  }, JSON.stringify(settings));
  const page = await context.newPage();
  await page.goto(`${baseURL}/?backend=wasm`);
  await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
    timeout: 120_000,
  });
  const speak = (language: string): Promise<void> =>
    page.evaluate(async (wanted) => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      await app.changeSettings({ language: wanted as 'en' });
    }, language);
  const inAll = async (name: string): Promise<void> => {
    for (const language of languages) {
      await speak(language);
      for (const viewport of sizes) {
        await page.setViewportSize(viewport);
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme });
          await page.evaluate(() => scrollTo(0, 0));
          await page.waitForTimeout(300);
          const path = `${FOLDER}/${name}-${language}-${viewport.width}-${theme}.png`;
          await page.screenshot({ path, animations: 'disabled' });
        }
      }
    }
    await speak('en');
  };
  const show = async (part: string, words: string | RegExp, name: string): Promise<void> => {
    await showDiary(page, part);
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 120_000 });
    await inAll(name);
  };

  await show('', 'Nothing here yet.', 'diary-empty');
  const events = street();
  await plant(page, [...events, { ...storedEvent({ startMs: MORNING_MS - 9e8, labelName: 'Thunder' }), endMs: 7 }]);
  await plantMore(page, events);
  await page.goto(`${baseURL}/?backend=wasm#/diary`);
  await page.reload();
  await show('', 'One entry is damaged', 'diary-damaged');
  await page.getByRole('button', { name: 'Delete them' }).click();
  await expect(page.getByText('One entry is damaged')).toBeHidden({ timeout: 60_000 });
  await page.getByText('Delete old events automatically').click();
  await page.getByText('Export', { exact: true }).click();
  await show('', '08:00', 'diary');
  await show(`/event/${events.at(-2)?.id}`, 'Was it right?', 'diary-event');
  await show('', '08:00', 'diary-closed');
  await page.getByLabel('Search names and notes').fill('nothing is called so');
  await show('', 'No event matches these filters.', 'diary-nothing');
  await page.getByRole('button', { name: 'Show all events' }).click();
  await show('/day/2026-11-27', 'Hour by hour', 'diary-day');
  await show('/week', 'Each bar is a day.', 'diary-week');
  await show('/month', 'Each bar is a day.', 'diary-month');
  await show('/sounds', 'More of these', 'diary-sounds');
  await show('/alerts', 'Siren', 'diary-alerts');
  await page.getByRole('button', { name: /^Change .*Siren/ }).click();
  await inAll('diary-alert-dialog');
  await page.keyboard.press('Escape');
  await show('/clips', 'Room for clips', 'diary-clips');
  await page.getByRole('button', { name: /^Change .*Crow/ }).click();
  await inAll('diary-clip-dialog');
  await page.keyboard.press('Escape');
  await show('/review', 'Precision by threshold', 'diary-review');
  await page.getByText('Import verdicts').click();
  const table = Buffer.from('0,5\t2,0\tDog 0,91\n4,0\t3,0\tCrow\n90\t91\tWhale\n');
  await page
    .getByLabel('Choose a table…')
    .last()
    .setInputFiles({ name: 'labels.txt', mimeType: 'text/plain', buffer: table });
  await show('/review', 'Audacity labels:', 'diary-import');
});
