import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AlertRule, AlertRules } from '../../src/shared/contracts/diary/alert-rules';
import { startAlerts } from '../../src/ui/page/alerts/tell-alerts';
import { deepAll, headOf, labels, openPage, settings, settled } from './fake-app';

/** How the browser answers, and whether it was asked. */
let answer: NotificationPermission;
let asked: number;

beforeEach(() => {
  answer = 'default';
  asked = 0;
  vi.spyOn(Notification, 'permission', 'get').mockImplementation(() => answer);
  vi.spyOn(Notification, 'requestPermission').mockImplementation(async () => {
    asked++;
    return answer;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  location.hash = '';
});

const usual: AlertRule = {
  name: 'Dog',
  means: ['notification'],
  cooldownSeconds: 300,
  firstOfDay: false,
  quiet: null,
  leastProbability: 0,
  leastSeconds: 0,
};

const diaryWith = (alerts: Partial<AlertRules>) => ({
  ...settings.diary,
  alerts: { ...settings.diary.alerts, ...alerts },
});

/** The page with its alerts open, of which there are these. */
async function openAlerts(alerts: Partial<AlertRules> = {}) {
  const opened = await openPage({ phase: 'ready', settings: { ...settings, diary: diaryWith(alerts) } });
  location.hash = '#/diary/alerts';
  await expect.poll(() => deepAll('earmark-diary-alerts').length, { timeout: 20_000 }).toBe(1);
  await settled(opened.element);
  return opened;
}

const add = () => page.getByRole('button', { name: 'Add an alert' });
const dialog = () => page.getByRole('dialog');

describe('setting an alert', () => {
  it('asks for the permission when the first alert with a notification is saved, and not before', async () => {
    const { app } = await openAlerts();
    await add().click();
    await dialog().getByLabelText('Sound').selectOptions('Dog');
    expect(asked).toBe(0);
    await dialog().getByRole('button', { name: 'Save alert' }).click();
    expect(asked).toBe(1);
    expect(app.calls).toEqual([['changeSettings', { diary: diaryWith({ labels: { dog: usual } }) }]]);
    await expect.element(page.getByText('The alert for Dog is set.')).toBeInTheDocument();
  });

  it('changes an alert, also to another sound, and removes it', async () => {
    const { app } = await openAlerts({
      labels: { dog: { ...usual, means: ['tone'] }, cat: { ...usual, name: 'Cat' } },
    });
    await page.getByRole('button', { name: 'Change the alert for Dog' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Alert for Dog' })).toBeVisible();
    const taken = [
      ...(deepAll<HTMLSelectElement>('earmark-alert-dialog')[0]?.shadowRoot?.querySelectorAll('option') ?? []),
    ];
    expect(taken.some(({ value }) => value === 'label:cat')).toBe(false);
    await dialog().getByLabelText('Sound').selectOptions('Siren');
    await dialog().getByRole('button', { name: 'Save alert' }).click();
    const siren = { ...usual, name: 'Siren', means: ['tone'] };
    expect(app.calls).toEqual([
      ['changeSettings', { diary: diaryWith({ labels: { cat: { ...usual, name: 'Cat' }, siren } as never }) }],
    ]);
    await page.getByRole('button', { name: 'Remove the alert for Cat' }).click();
    const left = { dog: { ...usual, means: ['tone'] } } as never;
    expect(app.calls.at(-1)).toEqual(['changeSettings', { diary: diaryWith({ labels: left }) }]);
    expect(asked).toBe(0);
  });

  it('says that a time of the quiet hours is missing', async () => {
    const { app } = await openAlerts();
    await add().click();
    await dialog().getByLabelText('Sound').selectOptions('Dog');
    await dialog().getByLabelText('Quiet hours').click();
    await dialog().getByLabelText('From').fill('');
    await dialog().getByRole('button', { name: 'Save alert' }).click();
    await expect.element(dialog().getByRole('alert')).toHaveTextContent('Enter when the quiet hours begin and end.');
    expect(app.calls).toEqual([]);
  });

  it('stays open when the page beside its dialog is pressed', async () => {
    await openAlerts();
    await add().click();
    await dialog().getByLabelText('Sound').selectOptions('Dog');
    await page.elementLocator(document.body).click({ position: { x: 1, y: 1 }, force: true });
    await expect.element(dialog().getByLabelText('Sound')).toHaveValue('label:dog');
  });

  it('tries an alert', async () => {
    const { app } = await openAlerts({ labels: { dog: { ...usual, means: ['flash', 'tone'] } } });
    await page.getByRole('button', { name: 'Test the alert for Dog' }).click();
    expect(app.alerts.tested).toMatchObject([{ label: 'dog', labelName: 'Dog', means: ['flash', 'tone'] }]);
    expect(app.alerts.tested[0]?.event).toBeUndefined();
  });
});

describe('an alert that cannot come', () => {
  it('offers to ask again if the browser has no answer', async () => {
    await openAlerts({ labels: { dog: usual } });
    expect(asked).toBe(0);
    await page.getByRole('button', { name: 'Allow notifications' }).click();
    expect(asked).toBe(1);
  });

  it('says that its sound is unknown, or ignored', async () => {
    const { app } = await openAlerts({
      labels: { bell: { ...usual, name: 'My bell' }, dog: usual },
      groups: { taught: { ...usual, name: 'My sounds' } },
    });
    await expect.element(page.getByRole('heading', { name: 'My bell' })).toBeVisible();
    expect(page.getByText('can’t hear this sound with the profile in use').elements()).toHaveLength(2);
    // A profile that knows it.
    const head = headOf([...labels, { id: 'bell', name: 'Old bell', group: 'taught' }]);
    app.teach.change({ heads: [head], active: head.id });
    await expect.element(page.getByRole('heading', { name: 'Old bell' })).toBeVisible();
    expect(page.getByText('can’t hear this sound with the profile in use').elements()).toEqual([]);
    const diary = app.state.settings.diary;
    const rules = { ...diary.rules, labels: { dog: { ignored: true } } };
    app.change({ settings: { ...settings, diary: { ...diary, rules } } });
    await expect.element(page.getByText('This sound is ignored under “Sounds”')).toBeVisible();
    app.change({ settings });
  });
});

describe('being told', () => {
  const alert = { event: 'a', label: 'dog', labelName: 'Dog', startMs: 0, means: ['flash'] } as const;
  const screens = () =>
    deepAll('earmark-flash').flatMap((flash) => [...(flash.shadowRoot as ShadowRoot).querySelectorAll('dialog:modal')]);
  const words = () => screens().flatMap((screen) => [...screen.querySelectorAll('.heard')].map((p) => p.textContent));

  async function open() {
    const opened = await openPage({ phase: 'listening' });
    startAlerts(opened.app);
    return opened;
  }

  it('ends by itself', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { app } = await open();
      app.alerts.tell(alert);
      await vi.waitFor(() => expect(words()).toEqual(['Dog']));
      vi.advanceTimersByTime(10_000);
      await vi.waitFor(() => expect(words()).toEqual([]));
    } finally {
      vi.useRealTimers();
    }
  });

  it('flashes instead of notifying where notifications are blocked, and says so', async () => {
    answer = 'denied';
    const { app } = await open();
    app.alerts.tell({ ...alert, means: ['notification'] });
    await expect.poll(words).toEqual(['Dog']);
    await expect.element(page.getByText('Notifications are blocked')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(words).toEqual([]);
  });

  it('flashes instead where the browser shows no notification', async () => {
    answer = 'granted';
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { app } = await open();
    // There is no service worker here.
    app.alerts.tell({ ...alert, means: ['notification'] });
    await expect.poll(words).toEqual(['Dog']);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(words).toEqual([]);
  });

  it('is seen, and ends by a press, above a dialog, even one that was opened after the first flash', async () => {
    const { app } = await open();
    app.alerts.tell(alert);
    await expect.poll(words).toEqual(['Dog']);
    const dialog = document.createElement('dialog');
    dialog.append(document.createElement('input'));
    document.body.append(dialog);
    dialog.showModal();
    app.alerts.tell({ ...alert, label: 'cat', labelName: 'Cat' });
    await expect.poll(words).toEqual(['Dog', 'Cat']);
    await expect
      .poll(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName)
      .toBe('earmark-flash');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(words).toEqual([]);
    expect(dialog.open).toBe(true);
    // A person goes on typing where the flash interrupted.
    expect(document.activeElement).toBe(dialog.firstElementChild);
    app.alerts.tell(alert);
    await expect.poll(words).toEqual(['Dog']);
    await userEvent.keyboard('{Escape}');
    await expect.poll(words).toEqual([]);
    // Escape closed only what was on top.
    expect(dialog.open).toBe(true);
  });

  it('shows a long word whole', async () => {
    const { app } = await open();
    app.alerts.tell({ ...alert, label: 'own', labelName: 'Krankenwagensirene' });
    await expect.poll(words).toEqual(['Krankenwagensirene']);
    const range = document.createRange();
    range.selectNodeContents(screens()[0]?.querySelector('.heard') as Element);
    expect(range.getClientRects()).toHaveLength(1);
  });

  it('plays two notes', async () => {
    const notes: number[] = [];
    const original = OscillatorNode.prototype.start;
    vi.spyOn(OscillatorNode.prototype, 'start').mockImplementation(function (this: OscillatorNode, at) {
      notes.push(this.frequency.value);
      original.call(this, at);
    });
    const { app } = await open();
    app.alerts.tell({ ...alert, means: ['tone'] });
    await expect.poll(() => notes).toEqual([660, 880]);
  });

  it('names a sound as it is called now', async () => {
    const { app } = await open();
    app.teach.change({ labels: [{ id: 'bell', name: 'Door bell' }] });
    app.alerts.tell({ ...alert, label: 'bell', labelName: 'Bell' });
    await expect.poll(words).toEqual(['Door bell']);
  });
});
