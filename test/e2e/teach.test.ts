import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { packagedSound } from './support/sounds';
import { Profile, type TeachPage } from './support/teacher';

const GUITAR = 'My guitar';
const DRUMS = 'My drums';

/** What is recorded, and what is only listened to at the end. */
const recordings = {
  [GUITAR]: ['guit_e_fifths.flac', 'guit_e_slide.flac', 'guit_harmonics.flac'],
  [DRUMS]: ['arovane_beat_a.flac', 'arovane_beat_b.flac', 'loop_amen_full.flac'],
};
const unheard = { [GUITAR]: 'guit_em9.flac', [DRUMS]: 'arovane_beat_c.flac' };

/** Enough for a proof, which leaves a clip of each label out. */
const CLIPS_A_LABEL = 5;

let profile: Profile;
test.beforeEach(() => {
  profile = new Profile();
});
test.afterEach(() => profile.remove());

/** The recordings one after another, as the microphone plays them over and over. */
async function medley(files: readonly string[]): Promise<Float32Array> {
  const sounds = await Promise.all(files.map(packagedSound));
  const all = new Float32Array(sounds.reduce((sum, sound) => sum + sound.length, 0));
  let end = 0;
  for (const sound of sounds) {
    all.set(sound, end);
    end += sound.length;
  }
  return all;
}

async function recordAndLabel(label: keyof typeof recordings, address: string): Promise<TeachPage> {
  const teacher = await profile.open(await medley(recordings[label]), address);
  await teacher.show('Teach');
  await teacher.page.locator('earmark-teach').getByLabel('Seconds to keep').selectOption('2');
  await teacher.listen.start();
  for (let i = 0; i < CLIPS_A_LABEL; i++) {
    await teacher.page.waitForTimeout(2500);
    await teacher.keep(label);
  }
  return teacher;
}

/** The label's meter stands above one half again and again, and above the other one. */
async function expectToHear(teacher: TeachPage, label: string, other: string): Promise<void> {
  await teacher.show('Listen');
  if (!(await teacher.listen.stopButton.isVisible())) await teacher.listen.start();
  await expect
    .poll(async () => (await teacher.probability(label)) > 0.5, { timeout: 20_000, intervals: [100] })
    .toBe(true);
  const readings = await teacher.listen.watch(32, 125);
  const mean = (name: string) => readings.reduce((sum, meters) => sum + (meters.get(name) ?? 0), 0) / readings.length;
  console.log(`${label}: mean ${mean(label).toFixed(2)}, ${other}: ${mean(other).toFixed(2)}`);
  expect(mean(label)).toBeGreaterThan(0.5);
  expect(mean(other)).toBeLessThan(mean(label) / 2);
}

test('learns two sounds from kept snippets, remembers them, and exports them', async ({ baseURL }) => {
  test.setTimeout(240_000);
  const address = baseURL ?? '';
  await recordAndLabel(DRUMS, address);
  let teacher = await recordAndLabel(GUITAR, address);
  await expect(teacher.page.getByText(`${2 * CLIPS_A_LABEL} of ${2 * CLIPS_A_LABEL} clips`)).toBeVisible();

  const start = Date.now();
  await teacher.button('Train').click();
  await expect(teacher.page.getByText(/is trained and in use/)).toBeVisible({ timeout: 60_000 });
  console.log(`trained ${2 * CLIPS_A_LABEL} clips in ${((Date.now() - start) / 1000).toFixed(1)} s, while listening`);
  await expect(teacher.page.getByRole('img', { name: `ROC curve of ${GUITAR}` })).toBeVisible();

  // In a new window, with a recording that it has not heard.
  teacher = await profile.open(await packagedSound(unheard[GUITAR]), address);
  await expectToHear(teacher, GUITAR, DRUMS);
  await teacher.page.reload();
  await expectToHear(teacher, GUITAR, DRUMS);
  teacher = await profile.open(await packagedSound(unheard[DRUMS]), address);
  await expectToHear(teacher, DRUMS, GUITAR);

  // Taken along: what is exported comes back after everything was deleted.
  await teacher.show('Teach');
  const [head] = await Promise.all([
    teacher.page.waitForEvent('download'),
    teacher.page.getByRole('button', { name: /^Export My sounds/ }).click(),
  ]);
  const [clips] = await Promise.all([
    teacher.page.waitForEvent('download'),
    teacher.button('Export all clips').click(),
  ]);
  const files = await Promise.all(
    [head, clips].map(async (download) => ({
      name: download.suggestedFilename(),
      mimeType: 'application/zip',
      buffer: await readFile(await download.path()),
    })),
  );
  await profile.remove();
  profile = new Profile();
  teacher = await profile.open(await packagedSound(unheard[DRUMS]), address);
  await teacher.show('Teach');
  await expect(teacher.page.getByText('No clips yet.')).toBeVisible();
  await expect(teacher.button('Import files')).toBeEnabled({ timeout: 30_000 });
  await teacher.page.getByLabel('Files to import').setInputFiles(files);
  await expect(teacher.page.getByText(`${2 * CLIPS_A_LABEL} clips imported, 1 profile imported`)).toBeVisible({
    timeout: 20_000,
  });
  await expect(teacher.page.getByText(`${2 * CLIPS_A_LABEL} of ${2 * CLIPS_A_LABEL} clips`)).toBeVisible();
  await teacher.page.getByRole('button', { name: /^Use My sounds/ }).click();
  await expectToHear(teacher, DRUMS, GUITAR);
});

test('on a telephone, labels a sound like the last one by one press, and survives a reload with a chip', async ({
  baseURL,
}) => {
  test.setTimeout(180_000);
  const telephone = { width: 390, height: 844 };
  const teacher = await profile.open(await packagedSound('loop_tabla.flac'), baseURL ?? '', telephone);
  const { page } = teacher;
  await teacher.listen.start();
  const keep = page.getByRole('button', { name: /^Keep last/ }).first();
  const keepOne = async (): Promise<void> => {
    await page.waitForTimeout(1500);
    await keep.click();
    await expect(page.getByText('Kept “')).toBeVisible({ timeout: 20_000 });
  };
  await keepOne();
  await page.getByRole('link', { name: 'Add a label' }).click();
  const picker = page.getByRole('combobox', { name: 'What can be heard' });
  await picker.fill('My tabla');
  await picker.press('Enter');
  await page.reload();
  // A reload stops listening; what was typed is there again.
  await expect(page.getByRole('button', { name: 'Remove My tabla' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Drawing…')).toHaveCount(0, { timeout: 30_000 });
  await teacher.button('Save').click();
  await expect(page.getByText('1 of 1 clip')).toBeVisible();

  await teacher.show('Listen');
  await teacher.listen.start();
  await keepOne();
  await teacher.button('Same as last: My tabla').click();
  await expect(page.getByText('Kept “')).toHaveCount(0);
  await teacher.show('Teach');
  await page.getByRole('combobox', { name: 'Show label' }).selectOption('My tabla');
  await expect(page.getByText('2 of 2 clips')).toBeVisible();
});
