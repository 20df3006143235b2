import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PlayerCommands, PlayerState, QueuedRecording } from '../../src/app/recordings/recordings-state';
import { StateHolder } from '../../src/app/state-holder';
import type { RecordingEvent } from '../../src/shared/contracts/recordings/recording';
import { symmetricSpec } from '../support/feature-spec';
import { deepAll, openPage, settings } from './fake-app';
import { drawnPicture, watchDownloads } from './saved-files';

const garden: QueuedRecording = {
  id: 'garden',
  name: 'garden.wav',
  folder: '',
  bytes: 9,
  modifiedMs: 1_700_000_000_000,
  addedAtMs: 1_700_000_000_000,
  status: 'done',
  activity: 'done',
  place: 'page',
  start: { localTime: '2025-06-01T04:30:00', source: 'name' },
  seconds: 20,
  doneSeconds: 20,
  settledSeconds: 20,
  events: 2,
};
const found = { peakProbability: 0.875, meanProbability: 0.5, peakLevelDb: -20, threshold: 0.4 };
const events: readonly RecordingEvent[] = [
  { id: 'a', label: 'crow', labelName: 'Crow', startSeconds: 1.25, endSeconds: 2, found },
  { id: 'b', label: 'owl', labelName: 'Owl', startSeconds: 4, endSeconds: 5, verdict: { answer: 'right' } },
];

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

async function openGarden() {
  location.hash = '#/recordings/garden';
  const opened = await openPage();
  const player = Object.assign(new StateHolder({ isPlaying: false, isLooping: false }), {
    positionSeconds: 0,
    play: () => undefined,
    stop: () => undefined,
  }) as StateHolder<PlayerState> & PlayerCommands;
  opened.app.recordings.opened = {
    spec: symmetricSpec,
    hasFile: true,
    player,
    sketch: async () => undefined,
    tile: async () => undefined,
    close: () => undefined,
  };
  opened.app.recordings.hold([garden], events);
  await expect.element(page.getByRole('heading', { name: 'garden.wav' }), { timeout: 15_000 }).toBeVisible();
  return { ...opened, player };
}

it('tells a person at the microphone in words that nothing is heard', async () => {
  location.hash = '#/recordings';
  const { app } = await openPage();
  const said = () => deepAll<HTMLElement>('[role="timer"]').map((timer) => timer.textContent.trim());
  app.recordings.change({ recorder: { name: 'a.wav', seconds: 0, levelDb: Number.NEGATIVE_INFINITY } });
  // Before the first sound of the microphone, nothing is known.
  await expect.poll(said, { timeout: 15_000 }).toEqual([expect.stringMatching(/^Recording: .*0.*, –$/)]);
  app.recordings.change({ recorder: { name: 'a.wav', seconds: 5, levelDb: Number.NEGATIVE_INFINITY } });
  await expect.poll(said).toEqual([expect.stringMatching(/^Recording: .*5.*, silence$/)]);
  app.recordings.change({ recorder: { name: 'a.wav', seconds: 6, levelDb: -33.7 } });
  await expect.poll(said).toEqual([expect.stringMatching(/, −34 dBFS$/)]);
  app.recordings.change({ recorder: { name: 'a.wav', seconds: 7, levelDb: Number.NEGATIVE_INFINITY } });
  app.change({ settings: { ...settings, language: 'de' } });
  await expect.poll(said, { timeout: 15_000 }).toEqual([expect.stringMatching(/^Aufnahme läuft: .*, Stille$/)]);
  app.change({ settings });
  await expect.poll(said).toEqual([expect.stringMatching(/, silence$/)]);
});

it('writes no time beyond the end of its axes, also when the window becomes as narrow as a phone', async () => {
  await page.viewport(1280, 844);
  await openGarden();
  await page.viewport(390, 844);
  const axes = (): HTMLElement[] => deepAll<HTMLElement>('.axis');
  await expect.poll(() => axes().map((axis) => axis.querySelectorAll('b').length)).toEqual([2, 2]);
  for (const axis of axes()) {
    const { right } = axis.getBoundingClientRect();
    for (const mark of axis.querySelectorAll('span:has(b)')) {
      expect(mark.getBoundingClientRect().right).toBeLessThanOrEqual(right);
    }
  }
});

it('keeps a stretch that was chosen when it was played to its end, so that it can be labelled', async () => {
  const { player } = await openGarden();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
  const zoom = page.getByRole('button', { name: 'Zoom to selection' });
  await expect.element(zoom).toBeEnabled();
  player.change({ isPlaying: true });
  player.change({ isPlaying: false });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect.element(zoom).toBeEnabled();
});

it('says that a piece became a clip, until another piece is selected', async () => {
  const { app } = await openGarden();
  const select = () => userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await select();
  const send = page.getByRole('button', { name: 'Send to Teach' });
  const said = () => deepAll<HTMLElement>('form [role="status"]').map((status) => status.textContent.trim());
  // It fails, of which the page tells.
  await send.click();
  await expect.element(send).toBeEnabled();
  expect(said()).toEqual(['']);
  app.recordings.whenTaught = () => app.teach.change({ justKept: { name: '', keptAtMs: 1_700_000_000_000 } });
  await send.click();
  await expect.poll(said).toEqual([expect.stringContaining('Kept “Snippet')]);
  await select();
  await expect.poll(said).toEqual(['']);
});

it('hands out the events of a recording as CSV, with their numbers in full', async () => {
  await openGarden();
  const button = page.getByRole('button', { name: 'Download as CSV garden.wav' });
  await expect.element(button, { timeout: 15_000 }).toBeVisible();
  const saved = watchDownloads();
  await button.click();
  expect(saved.map(({ name }) => name)).toEqual(['garden-wav.csv']);
  const [heading, ...rows] = ((await saved[0]?.file.text()) ?? '').trimEnd().split('\n');
  expect(heading?.split(',')).toHaveLength(5);
  expect(rows).toEqual(['Crow,1.25,04:30:01,0.875,', 'Owl,4,04:30:04,,Right']);
});

it('hands out the shown part of a recording as a picture with its axes', async () => {
  await openGarden();
  const button = page.getByRole('button', { name: 'Download as SVG: garden.wav' });
  await expect.element(button, { timeout: 15_000 }).toBeVisible();
  const saved = watchDownloads();
  await button.click();
  await expect.poll(() => saved.length).toBe(1);
  const text = (await saved[0]?.file.text()) ?? '';
  expect(text).toContain('garden.wav, 0:00.0–0:20.0');
  expect(text).toContain('data:image/png');
  vi.restoreAllMocks();
  expect((await drawnPicture(new Blob([text]))).canvas.width).toBeGreaterThan(100);
});

it('names damaged rows, exports them and deletes them', async () => {
  location.hash = '#/recordings';
  const { app } = await openPage();
  app.recordings.change({
    damaged: [{ store: 'recordings', key: 'x', name: 'Lost night.wav', where: 'folder', why: 'missing' }],
  });
  const section = page.getByRole('region', { name: 'Damaged entries' });
  await expect.element(section, { timeout: 15_000 }).toHaveTextContent('Lost night.wav');
  const saved = watchDownloads();
  await section.getByRole('button', { name: 'Export them as they are' }).click();
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(['earmark-recordings-damaged.json']);
  await section.getByRole('button', { name: 'Delete them' }).click();
  expect(app.recordings.calls).toContainEqual(['removeDamaged']);
});
