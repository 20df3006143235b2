import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { encodeWav } from '../../src/shared/lib/files/wav';
import { openBrowser } from './support/listener';

// Files are decoded one after another, on a machine that may be busy.
const patient = expect.configure({ timeout: 60_000 });
test.setTimeout(240_000);

/** More than a browser tells of a folder at once. */
const MANY = 130;

let folder: string;
let browser: Browser;
let page: Page;
test.beforeEach(async ({ baseURL }) => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-'));
  browser = await openBrowser({});
  page = await browser.newPage();
  await page.goto(`${baseURL}/?backend=wasm#/teach`);
  await patient(page.getByRole('button', { name: 'Import files' })).toBeEnabled();
});
test.afterEach(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Puts files into the folder; those named `.wav` are sounds, each another one. @returns where what was put lies. */
function put(top: string, files: readonly string[]): string {
  for (const [i, file] of files.entries()) {
    const path = join(folder, top, file);
    mkdirSync(dirname(path), { recursive: true });
    const tone = Int16Array.from({ length: 3200 }, (_, n) => 8000 * Math.sin(n * (0.01 + i * 0.0005)));
    writeFileSync(path, file.endsWith('.wav') ? Buffer.from(encodeWav(tone, 32_000)) : 'no sound');
  }
  return join(folder, top);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const middle: Place = { x: 400, y: 400 };

/** Holds files and folders of the disk over the page, as a person does. @returns what drops them at a place of the page. */
async function hold(files: readonly string[]): Promise<(place: Place) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const drag = async (type: 'dragEnter' | 'dragOver' | 'drop', { x, y }: Place): Promise<void> => {
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  };
  // A hand that holds files goes on moving; a first event right after the page has changed can get lost. The page may also be
  // busy with an import.
  await expect(async () => {
    await drag('dragEnter', middle);
    await drag('dragOver', middle);
    await expect(page.getByText('Drop sounds, folders or an Earmark zip file')).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  return (place) => drag('drop', place);
}

/** Drops files and folders on the page: the browser reads them. */
async function drop(...files: string[]): Promise<void> {
  const dropAt = await hold(files);
  await dropAt(middle);
  await expect(page.getByText('Drop sounds, folders or an Earmark zip file')).toBeHidden();
}

/** Imports what the page asks about: nothing that comes from outside is imported unseen. */
const accept = () => page.getByRole('button', { name: /^Import \d+ files?$/ }).click();

const labelOption = (label: string) => page.getByRole('option', { name: label, exact: true });

test('a dropped folder is imported whole, with its folders as labels, and other files are reported', async () => {
  const bells = Array.from({ length: MANY }, (_, i) => `door bell/${i}.wav`);
  const house = put('house', [...bells, 'door bell/old/first.wav', 'hum.wav', 'read me.txt']);
  mkdirSync(join(house, 'empty'));
  const broken = put('loose', ['broken.mp3']);
  await drop(house, join(broken, 'broken.mp3'));
  await accept();
  await patient(page.getByText(`${MANY + 2} clips imported, 1 skipped, 1 other file ignored.`)).toBeVisible();
  await expect(page.getByText('“broken.mp3” is damaged, or in a format that this browser can’t decode')).toBeVisible();
  await page.getByLabel('Show label').selectOption('door bell');
  await expect(page.getByText(`${MANY} of ${MANY + 2} clips`)).toBeVisible();
  await expect(labelOption('old')).toBeAttached();
  await expect(labelOption('house')).toBeAttached();
});

test('files dropped during an import wait for its end', async () => {
  const one = put(
    'one',
    Array.from({ length: 60 }, (_, i) => `dog/${i}.wav`),
  );
  const two = put(
    'two',
    Array.from({ length: 70 }, (_, i) => `cat/${i}.wav`),
  );
  await drop(one);
  await accept();
  await drop(two);
  await accept();
  // Sixty of the seventy are the same sounds.
  await patient(page.getByText('10 clips imported, 60 already there.')).toBeVisible();
  await expect(page.getByText('70 of 70 clips')).toBeVisible();
});

test('files are taken from a hand that moves until it drops them', async () => {
  const dropAt = await hold([put('moved', ['bell/one.wav'])]);
  // The page says where files can be dropped, and the last move is over another part of the same list.
  const button = await page.getByRole('button', { name: 'Import files' }).boundingBox();
  if (!button) throw new Error('the button is not shown');
  await dropAt({ x: button.x + button.width / 2, y: button.y + button.height / 2 });
  await expect(page.getByText('Drop sounds, folders or an Earmark zip file')).toBeHidden();
  await accept();
  await patient(page.getByText('1 clip imported.')).toBeVisible();
});

test('a folder without a sound is rejected with a message', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  await drop(empty);
  await patient(page.getByText('What you chose contains no sound.')).toBeVisible();
  await expect(page.getByText('No clips yet.')).toBeVisible();
});

test('a picked folder is imported like a dropped one, and a dropped data set like a picked one', async () => {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import a folder' }).click(),
  ]);
  await chooser.setFiles(put('picked', ['kettle/deep/whistle.wav', 'kettle/boil.wav', '.hidden/3.wav', 'notes.txt']));
  await patient(page.getByText('2 clips imported, 1 other file ignored.')).toBeVisible();
  await expect(labelOption('kettle')).toBeAttached();
  await expect(labelOption('deep')).toBeAttached();

  const [exported] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export all clips' }).click(),
  ]);
  const zip = join(folder, exported.suggestedFilename());
  await exported.saveAs(zip);
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Delete 2', exact: true }).click();
  await patient(page.getByText('No clips yet.')).toBeVisible();
  await drop(zip);
  await accept();
  await patient(page.getByText('2 clips imported.')).toBeVisible();
  await expect(labelOption('deep')).toBeAttached();
});

test('files opened with the installed app are imported once no other tab holds the clips', async ({ baseURL }) => {
  const address = `${baseURL}/`;
  const options = chromiumLaunchOptions();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...options,
    args: [...options.args, '--enable-devtools-pwa-handler'],
  });
  try {
    const tab = await context.newPage();
    await tab.goto(address);
    await patient(tab.getByRole('button', { name: 'Start listening', exact: true })).toBeEnabled();
    const session = await (context.browser() as Browser).newBrowserCDPSession();
    await session.send('PWA.install', { manifestId: address, installUrlOrBundleUrl: address });
    const sounds = put('opened', ['hum.wav', 'hiss.wav']);
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      // What the system does with the manifest's file_handlers.
      session.send('PWA.launchFilesInApp', {
        manifestId: address,
        files: ['hum.wav', 'hiss.wav'].map((name) => join(sounds, name)),
      }),
    ]);
    await opened.getByRole('button', { name: 'Import 2 files' }).click({ timeout: 60_000 });
    await patient(opened.getByText('Earmark is open in another tab').first()).toBeVisible();
    await tab.close();
    await patient(opened.getByText('2 clips imported.')).toBeVisible();
    await expect(opened.getByText('2 of 2 clips')).toBeVisible();
    await expect(opened.getByText('hum', { exact: true })).toBeVisible();
  } finally {
    await context.close();
  }
});

test('files dropped on another view are imported into Teach, and do not replace the page', async () => {
  const sound = put('elsewhere', ['bell/one.wav']);
  await page.getByRole('link', { name: 'Listen', exact: true }).click();
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [sound], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await expect(page.getByRole('dialog', { name: 'Import these files?' })).toContainText('one.wav');
  await accept();
  await patient(page.getByText('1 clip imported.')).toBeVisible();
  await expect(page).toHaveURL(/#\/teach$/);
});
