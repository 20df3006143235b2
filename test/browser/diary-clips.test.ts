import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DiarySettings } from '../../src/shared/contracts/diary/diary-settings';
import { leaveFieldWithPage } from '../../src/ui/page/leave-field';
import { soundEvent } from '../unit/support/diary';
import { deepAll, headOf, labels, model, openPage, settings, settled } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

const { diary } = settings;
const withRules = (rules: Partial<DiarySettings['rules']>): DiarySettings => ({
  ...diary,
  rules: { ...diary.rules, ...rules },
});

async function openClips(own: DiarySettings = diary) {
  const opened = await openPage({ phase: 'ready', settings: { ...settings, diary: own } });
  location.hash = '#/diary/clips';
  await expect.poll(() => deepAll('earmark-diary-clips').length, { timeout: 20_000 }).toBe(1);
  await settled(opened.element);
  return opened;
}

const dialog = () => page.getByRole('dialog');
const untilEnd = { secondsBefore: 2, secondsAfter: 3, longestSeconds: 30, untilEnd: true };

describe('the clips of events', () => {
  it('are off until a person asks for them, for a sound as long as it sounds', async () => {
    const { app } = await openClips();
    await expect.element(page.getByText('No sound is kept yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Keep a sound' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await expect.element(dialog().getByRole('alert')).toHaveTextContent('Choose a sound or a group.');
    await dialog().getByLabelText('Sound').selectOptions('Dog');
    await dialog().getByLabelText('Seconds before the start').selectOptions('20 s');
    await dialog().getByLabelText('Longest clip').selectOptions('10 s');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await expect.element(dialog().getByRole('alert')).toHaveTextContent('must be longer');
    await dialog().getByLabelText('Longest clip').selectOptions('60 s');
    await dialog().getByRole('button', { name: 'Save' }).click();
    const clip = { ...untilEnd, secondsBefore: 20, longestSeconds: 60 };
    expect(app.calls).toEqual([['changeSettings', { diary: withRules({ labels: { dog: { clip, name: 'Dog' } } }) }]]);
  });

  it('are named as they were when nobody knows the label any more', async () => {
    const { app } = await openClips(
      withRules({ labels: { samovar_2: { clip: untilEnd, name: 'Samovar №2' }, our_kettle: { clip: untilEnd } } }),
    );
    await expect.element(page.getByRole('heading', { name: 'our kettle', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Change what is kept of Samovar №2' }).click();
    await expect.element(dialog().getByRole('heading')).toHaveTextContent('Samovar №2');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove the rule for Samovar №2' }).click();
    expect(app.calls.at(-1)).toEqual([
      'changeSettings',
      { diary: withRules({ labels: { our_kettle: { clip: untilEnd } } }) },
    ]);
  });

  it('leave a threshold that the person chose', async () => {
    const rules = withRules({ labels: { dog: { threshold: 0.7, clip: untilEnd, name: 'Dog' } } });
    const { app } = await openClips(rules);
    await page.getByRole('button', { name: 'Remove the rule for Dog' }).click();
    expect(app.calls).toEqual([['changeSettings', { diary: withRules({ labels: { dog: { threshold: 0.7 } } }) }]]);
  });

  it('have a budget, of which it is shown what is used and what goes first', async () => {
    const { app } = await openClips();
    const { clips } = app.diary.state;
    app.diary.change({ clips: { ...clips, count: 3, bytes: 12_300_000, droppedForRoom: 2 } });
    await expect.element(page.getByText('3 clips, 12 MB used.')).toBeVisible();
    await expect.element(page.getByText('2 clips gave way since Earmark was opened.')).toBeVisible();
    await expect.element(page.getByText('the sound whose clips take the most room gives up')).toBeVisible();
    const field = page.getByLabelText('Most (MB)');
    await field.fill('5');
    await userEvent.tab();
    await expect.element(page.getByRole('alert')).toHaveTextContent('from 10 to 20000');
    await field.fill('10');
    // The page is closed before the field was left.
    leaveFieldWithPage();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(app.calls).toEqual([['changeSettings', { diary: { ...diary, clipMegabytes: 10 } }]]);
    app.change({ settings: { ...settings, diary: { ...diary, clipMegabytes: 10 } } });
    await expect.element(page.getByText('More is used than that.')).toBeVisible();
  });

  it('leave out speech from a visible threshold on, by default, and count what was left out', async () => {
    const { app } = await openClips();
    app.diary.change({ clips: { ...app.diary.state.clips, droppedForSpeech: 4 } });
    const filter = page.getByLabelText('Leave out clips with speech');
    await expect.element(filter).toBeChecked();
    await expect.element(page.getByText('4 clips were left out because of speech')).toBeVisible();
    const slider = page.getByLabelText('Speech counts from');
    await expect.element(slider).toHaveValue('30');
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(app.calls).toEqual([['changeSettings', { diary: withRules({ speechThreshold: 0.31 }) }]]);
    await filter.click();
    expect(app.calls.at(-1)).toEqual(['changeSettings', { diary: withRules({ speechThreshold: null }) }]);
    app.change({ settings: { ...settings, diary: withRules({ speechThreshold: null }) } });
    await expect.element(page.getByText('Ask the people around you')).toBeVisible();
    expect(deepAll('#speech')).toEqual([]);
  });
});

describe('a kept sound', () => {
  const startMs = new Date(2026, 10, 28, 12).getTime();
  const clip = { samples: new Int16Array(16_000), sampleRateHz: 16_000, startMs, isKept: false };

  it('can be kept for good, and given up again', async () => {
    const { app, element } = await openPage({ phase: 'ready' });
    app.diary.clips.set('a', clip);
    app.diary.hold([soundEvent({ id: 'a', startMs, clip: 'a' })]);
    location.hash = '#/diary/event/a';
    await settled(element);
    const keep = page.getByRole('button', { name: 'Keep for good' });
    await expect.element(keep).toHaveAttribute('aria-pressed', 'false');
    await keep.click();
    await expect.element(keep).toHaveAttribute('aria-pressed', 'true');
    await keep.click();
    await expect.element(keep).toHaveAttribute('aria-pressed', 'false');
    expect(app.diary.calls.slice(1)).toEqual([
      ['keepClip', 'a', true],
      ['keepClip', 'a', false],
    ]);
  });

  it('shows its spectrogram once the model is loaded, if the diary was open before', async () => {
    const { app, element } = await openPage({ phase: 'loading' });
    app.change({ model: undefined });
    app.diary.clips.set('a', clip);
    app.diary.hold([soundEvent({ id: 'a', startMs, clip: 'a' })]);
    location.hash = '#/diary/review';
    await settled(element);
    await expect.element(page.getByRole('button', { name: 'Keep for good' })).toBeVisible();
    const painted = (): boolean => {
      const [canvas] = deepAll<HTMLCanvasElement>('earmark-event-sound').flatMap((sound) => [
        ...(sound.shadowRoot as ShadowRoot).querySelectorAll('canvas'),
      ]);
      return canvas?.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] === 255;
    };
    expect(painted()).toBe(false);
    app.change({ phase: 'ready', model });
    await expect.poll(painted).toBe(true);
  });

  it('shows the key that plays it in the review', async () => {
    const { app, element } = await openPage({ phase: 'ready' });
    app.diary.clips.set('a', clip);
    app.diary.hold([soundEvent({ id: 'a', startMs, clip: 'a' })]);
    location.hash = '#/diary/review';
    await settled(element);
    const play = page.getByRole('button', { name: 'Play Dog' });
    await expect.element(play).toHaveAttribute('aria-keyshortcuts', 'P');
    await expect.element(play).toHaveTextContent('P');
  });
});

describe('a taught sound', () => {
  it('can be ignored, has its proof’s threshold, and can get another', async () => {
    const { app, element } = await openPage({ phase: 'ready' });
    const head = headOf([...labels, { id: 'bell', name: 'My bell', group: 'taught' }]);
    const proof = { ...head.proof, labels: [{ id: 'bell', threshold: 0.35, reliability: [] } as never] };
    app.teach.change({ heads: [{ ...head, proof }], active: head.id });
    location.hash = '#/diary/sounds';
    await settled(element);
    await page.getByLabelText('Find a sound').fill('my bell');
    const slider = page.getByRole('slider', { name: 'Threshold of My bell' });
    await expect.element(slider).toHaveValue('35');
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await page.getByRole('button', { name: 'Ignore: My bell' }).click();
    expect(app.calls).toEqual([
      ['changeSettings', { diary: withRules({ labels: { bell: { threshold: 0.34 } } }) }],
      ['changeSettings', { diary: withRules({ labels: { bell: { ignored: true } } }) }],
    ]);
  });
});
