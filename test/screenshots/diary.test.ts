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
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];
const themes = ['light', 'dark'] as const;
const languages = ['en', 'de'] as const;
const HOUR_MS = 3_600_000;
/** The end of the last night that was heard. */
const MORNING_MS = Date.parse('2026-11-28T08:00:00+01:00');

/** A busy machine takes its time. */
const PATIENCE_MS = 120_000;

let browser: Browser;
test.beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  browser = await openBrowser({});
});
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

/** The app's page with the diary, empty. */
async function open(baseURL: string | undefined, own: object = settings): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB' });
  await context.clock.setFixedTime(MORNING_MS);
  await context.addInitScript((text) => {
    if (localStorage.getItem('earmark.settings') === null) localStorage.setItem('earmark.settings', text);
  }, JSON.stringify(own));
  const page = await context.newPage();
  await page.goto(`${baseURL}/?backend=wasm#/diary`);
  await expect(page.locator('earmark-listen-button button')).toHaveAttribute('aria-disabled', 'false', {
    timeout: PATIENCE_MS,
  });
  return page;
}

async function fill(page: Page, events: readonly SoundEvent[]): Promise<void> {
  await plant(page, events);
  await plantMore(page, events);
  await page.reload();
}

async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const { app } = document.querySelector('earmark-app') as unknown as { app: App };
    await app.changeSettings({ language: wanted as 'en' });
  }, language);
  // Its texts may have to be fetched.
  await expect(page.locator('html')).toHaveAttribute('lang', language, { timeout: PATIENCE_MS });
}

/**
 * @param isLong whether all of the page is pictured: not of lists without end, nor of what covers the page.
 * @param prepare what is done once the page speaks a language.
 */
async function picture(page: Page, name: string, isLong: boolean, prepare = async () => {}): Promise<void> {
  for (const language of languages) {
    await speak(page, language);
    await prepare();
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await page.evaluate(() => scrollTo(0, 0));
        await page.waitForTimeout(300);
        const path = `${FOLDER}/${name}-${language}-${viewport.width}-${theme}.png`;
        await page.screenshot({ path, animations: 'disabled', fullPage: isLong });
      }
    }
  }
  await speak(page, 'en');
}

async function show(page: Page, part: string, words: string | RegExp, name: string, isLong = true): Promise<void> {
  await showDiary(page, part);
  await expect(page.locator('earmark-diary').getByText(words).filter({ visible: true }).first()).toBeVisible({
    timeout: PATIENCE_MS,
  });
  await picture(page, name, isLong);
}

test('the list, empty, damaged, filtered and with an opened event', async ({ baseURL }) => {
  const page = await open(baseURL);
  await show(page, '', 'Nothing here yet.', 'diary-empty');
  const events = street();
  await fill(page, [...events, { ...storedEvent({ startMs: MORNING_MS - 9e8, labelName: 'Thunder' }), endMs: 7 }]);
  await show(page, '', 'One entry is damaged', 'diary-damaged', false);
  await page.getByRole('button', { name: 'Delete them' }).click();
  await expect(page.getByText('One entry is damaged')).toBeHidden({ timeout: PATIENCE_MS });
  await page.getByText('Delete old events automatically').click();
  await page.getByText('Export', { exact: true }).click();
  await show(page, '', '08:00', 'diary-export', false);
  await page.getByText('Delete old events automatically').click();
  await page.getByText('Export', { exact: true }).click();
  await show(page, '', '08:00', 'diary', false);
  await show(page, `/event/${events.at(-2)?.id}`, 'Was it right?', 'diary-event', false);
  await show(page, '', '08:00', 'diary-closed', false);
  await page.getByLabel('Search names and notes').fill('nothing is called so');
  await show(page, '', 'No event matches these filters.', 'diary-nothing');
});

test('the charts', async ({ baseURL }) => {
  const page = await open(baseURL);
  await fill(page, street());
  await show(page, '/day/2026-11-27', 'Hour by hour', 'diary-day');
  await show(page, '/day/2026-11-28', 'Hour by hour', 'diary-night');
  await show(page, '/week', 'Each bar is a day.', 'diary-week');
  await show(page, '/month', 'Each bar is a day.', 'diary-month');
});

test('the rules for sounds, with their dialogs, and the flash of an alert', async ({ baseURL }) => {
  const page = await open(baseURL);
  await fill(page, street());
  await show(page, '/sounds', 'More of these', 'diary-sounds', false);
  await show(page, '/alerts', 'Siren', 'diary-alerts');
  await page.getByRole('button', { name: /^Change .*Siren/ }).click();
  await picture(page, 'diary-alert-dialog', false);
  await page.keyboard.press('Escape');
  // It ends after ten seconds, and twelve pictures take longer.
  await page.evaluate(() => Object.assign(globalThis, { setTimeout: () => 0 }));
  const flash = async () => {
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const { app } = document.querySelector('earmark-app') as unknown as { app: App };
      const flashes = { startMs: Date.now(), means: ['flash'] as const };
      app.alerts.test({ ...flashes, label: 'ambulance_siren', labelName: 'Ambulance siren' });
      app.alerts.test({ ...flashes, label: 'siren', labelName: 'Siren' });
    });
  };
  // Without animations, the first half of a flash is seen, or the second one if less motion is wanted.
  await picture(page, 'diary-flash', false, flash);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await picture(page, 'diary-flash-lit', false, flash);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('Escape');
  await show(page, '/clips', 'Room for clips', 'diary-clips');
  await page.getByRole('button', { name: /^Change .*Crow/ }).click();
  await picture(page, 'diary-clip-dialog', false);
});

test('the review and an import of verdicts', async ({ baseURL }) => {
  const page = await open(baseURL);
  await fill(page, street());
  await show(page, '/review', 'Precision by threshold', 'diary-review');
  await page.getByText('Import verdicts').click();
  const table = Buffer.from('0,5\t2,0\tDog 0,91\n4,0\t3,0\tCrow\n90\t91\tWhale\n');
  await page
    .getByLabel('Choose a table…')
    .last()
    .setInputFiles({ name: 'labels.txt', mimeType: 'text/plain', buffer: table });
  await show(page, '/review', 'Audacity labels:', 'diary-import');
});

test('what has no events, sounds or rules yet', async ({ baseURL }) => {
  const page = await open(baseURL, { ...defaultSettings, diary: { ...diary, isOn: false } });
  await show(page, '', 'The diary is off:', 'diary-off');
  await show(page, '/alerts', 'Add an alert', 'diary-alerts-empty');
  await show(page, '/clips', 'Room for clips', 'diary-clips-empty');
  await fill(page, [storedEvent({ startMs: MORNING_MS - HOUR_MS, verdict: { answer: 'right' } })]);
  await show(page, '/day/2026-11-01', 'Hour by hour', 'diary-day-empty');
  await show(page, '/month/2026-10-01', 'October 2026', 'diary-month-empty');
  await show(page, '/review', 'Import verdicts', 'diary-review-empty');
});

test('what can be opened, and what went wrong', async ({ baseURL }) => {
  const page = await open(baseURL);
  const events = street();
  await fill(page, events);
  await showDiary(page, '');
  await page.getByRole('button', { name: 'More filters' }).click();
  await show(page, '', '08:00', 'diary-filters', false);
  const other = await page.context().newPage();
  await other.goto(`${baseURL}/?backend=wasm#/diary`);
  await show(other, '', 'Another Earmark window writes the diary.', 'diary-elsewhere', false);
  await other.close();
  await showDiary(page, '/day/2026-11-27');
  await page.getByText('Calibrate with a sound level meter').click();
  await page.getByRole('button', { name: 'Calibrate' }).click();
  await show(page, '/day/2026-11-27', 'Calibrate with a sound level meter', 'diary-calibrate');
  await showDiary(page, `/event/${events.at(-9)?.id}`);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Right' }).click();
  await dialog.getByLabel('Note', { exact: true }).fill('There is no room for this.');
  await dialog.getByRole('button', { name: 'Another sound' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(2);
  await picture(page, 'diary-event-full', false);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await show(page, '/review', 'Precision by threshold', 'diary-review-full', false);
});
