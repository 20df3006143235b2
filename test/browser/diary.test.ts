import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { soundEvent as anyEvent } from '../unit/support/diary';
import { deepAll, openPage, settings, settled } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

const MINUTE_MS = 60_000;

/** A sound heard where the browser is, 2.4 seconds long. */
const soundEvent = (change: Parameters<typeof anyEvent>[0] & { startMs: number }) =>
  anyEvent({
    endMs: change.startMs + 2400,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...change,
  });

/** The page with the diary open and these events in it. */
async function openDiary(events: Parameters<typeof soundEvent>[0][], hash = '#/diary') {
  const opened = await openPage({ phase: 'ready' });
  opened.app.diary.hold(events.map(soundEvent));
  location.hash = hash;
  await expect.poll(() => deepAll('earmark-diary').length, { timeout: 20_000 }).toBe(1);
  await settled(opened.element);
  return opened;
}

const inList = (selector: string) =>
  deepAll<HTMLElement>('earmark-diary-list').flatMap((list) => [
    ...(list.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>(selector),
  ]);
const rows = () => inList('[role="listitem"]');
const texts = (selector: string) => inList(selector).map((element) => element.textContent?.trim().replace(/\s+/g, ' '));

describe('the diary', () => {
  it('opens by its tab, in both languages', async () => {
    const { app } = await openPage({ phase: 'ready' });
    await page.getByRole('link', { name: 'Diary' }).click();
    await expect.element(page.getByRole('heading', { name: 'Diary' })).toBeVisible();
    expect(app.diary.calls).toEqual([['open']]);
    app.change({ settings: { ...settings, language: 'de' } });
    await expect.element(page.getByRole('heading', { name: 'Tagebuch' })).toBeVisible();
    app.change({ settings });
    await expect.element(page.getByRole('heading', { name: 'Diary' })).toBeVisible();
  });

  it('says what to do while it is empty', async () => {
    const { app } = await openDiary([]);
    await expect.element(page.getByText('Nothing here yet. Press “Start listening”')).toBeVisible();
    app.change({ phase: 'listening' });
    await expect.element(page.getByText('Nothing heard yet')).toBeVisible();
  });

  it('says that it is off, and turns it on', async () => {
    const { app } = await openDiary([]);
    const { diary } = settings;
    app.change({ settings: { ...settings, diary: { ...diary, isOn: false } } });
    const on = page.getByRole('button', { name: 'Turn the diary on' });
    await expect.element(on).toBeVisible();
    // It would not write down what “Start listening” brings.
    await expect.element(page.getByText('Nothing here yet')).not.toBeInTheDocument();
    await on.click();
    expect(app.calls).toEqual([['changeSettings', { diary: { ...diary, isOn: true } }]]);
    app.change({ settings });
  });

  it('says that it cannot be opened, and tries again', async () => {
    const { app } = await openDiary([]);
    app.diary.change({ storage: 'missing', problem: { code: 'storage-blocked' } as never });
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    expect(app.diary.calls).toEqual([['open'], ['open']]);
  });
});

describe('how long the diary keeps events', () => {
  const summary = () => page.getByText('Delete old events automatically');

  it('is chosen, says how many events go, and deletes them on the press', async () => {
    const day = 86_400_000;
    const { app } = await openDiary([1, 20, 40, 400].map((days) => ({ startMs: Date.now() - days * day })));
    await summary().click();
    await expect.element(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await page.getByLabelText('Keep events for').selectOptions('30 days');
    await page.getByRole('button', { name: 'Apply, and delete 2 events now' }).click();
    const { diary } = settings;
    await expect.poll(() => app.diary.calls.at(-1)).toEqual(['prune']);
    expect(app.calls).toEqual([['changeSettings', { diary: { ...diary, keepDays: 30 } }]]);
  });

  it('shows what is set, also what no list offers', async () => {
    const { app } = await openDiary([{ startMs: Date.now() }]);
    const { diary } = settings;
    app.change({ settings: { ...settings, diary: { ...diary, keepDays: 12, mostEvents: 5000 } } });
    await summary().click();
    await expect.element(page.getByLabelText('Keep events for')).toHaveDisplayValue('12 days');
    await expect.element(page.getByLabelText('Keep at most')).toHaveDisplayValue('5,000 events');
    await page.getByLabelText('Keep at most').selectOptions('100,000 events');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    const set = { ...diary, keepDays: 12, mostEvents: 100_000 };
    await expect.poll(() => app.calls).toEqual([['changeSettings', { diary: set }]]);
    app.change({ settings });
  });
});

describe('damaged entries of the diary', () => {
  it('are named with their fault, exported, and deleted on a press', async () => {
    const { app, element } = await openDiary([{ startMs: Date.now() }]);
    app.diary.change({ damaged: [{ store: 'events', key: 7, name: 'Owl', where: 'endMs', why: 'wrong-type' }] });
    await settled(element);
    const section = page.getByRole('region', { name: 'Damaged entries' });
    await expect.element(section.getByText('One entry is damaged and can’t be used.')).toBeVisible();
    await expect
      .element(section.getByRole('listitem'))
      .toHaveTextContent('Event: Owl – “endMs” is the wrong kind of value');
    const saved: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (): void {
      saved.push(this.download);
    };
    await section.getByRole('button', { name: 'Export them as they are' }).click();
    await expect.poll(() => saved).toEqual(['earmark-diary-damaged.json']);
    // Of a failure the notices tell.
    app.diary.problem = { code: 'storage-blocked' };
    await section.getByRole('button', { name: 'Export them as they are' }).click();
    app.diary.problem = undefined;
    expect(saved).toHaveLength(1);
    HTMLAnchorElement.prototype.click = click;
    app.diary.change({ elsewhere: true });
    await expect.element(section.getByRole('button', { name: 'Delete them' })).toBeDisabled();
    app.diary.change({ elsewhere: false });
    await section.getByRole('button', { name: 'Delete them' }).click();
    await expect.element(section).not.toBeInTheDocument();
    expect(app.diary.calls.at(-1)).toEqual(['removeDamaged']);
  });
});

describe('the list of events', () => {
  const noon = new Date(2026, 10, 28, 12).getTime();

  it('has the newest first, under its day and hour', async () => {
    await openDiary([
      { startMs: noon - 26 * 60 * MINUTE_MS, label: 'cat', labelName: 'Cat' },
      { startMs: noon + 5 * MINUTE_MS },
      { startMs: noon - 5 * MINUTE_MS, label: 'siren', labelName: 'Siren' },
    ]);
    await expect.poll(() => texts('.name')).toEqual(['Dog', 'Siren', 'Cat']);
    expect(texts('h3')).toEqual(['Sat, 28 November 2026 2 events', 'Fri, 27 November 2026 1 event']);
    expect(texts('h4')).toEqual(['12:00–13:00 1 event', '11:00–12:00 1 event', '10:00–11:00 1 event']);
    expect(texts('.time')[0]).toBe('12:05:00');
    expect(texts('.length')[0]).toBe('2.4 s');
  });

  it('draws a few rows of thousands, and others when a person scrolls', async () => {
    const { element } = await openDiary(Array.from({ length: 5000 }, (_, i) => ({ startMs: noon - i * MINUTE_MS })));
    await expect.poll(() => texts('.name').length).toBeGreaterThan(5);
    expect(rows().length).toBeLessThan(60);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    await settled(element);
    const last = new Date(noon - 4999 * MINUTE_MS).toTimeString().slice(0, 8);
    await expect.poll(() => texts('.time').at(-1)).toBe(last);
    expect(rows().length).toBeLessThan(60);
    scrollTo({ top: 0, behavior: 'instant' });
  });

  it('moves by arrow keys, and keeps the focus in rows that left the screen', async () => {
    const { element } = await openDiary(Array.from({ length: 500 }, (_, i) => ({ startMs: noon - i * MINUTE_MS })));
    await expect.poll(() => texts('.name').length).toBeGreaterThan(5);
    const links = inList('a');
    expect(links.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    links[0]?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const focused = () => inList('a:focus .time')[0]?.textContent;
    await expect.poll(focused).toBe('11:58:00');
    await userEvent.keyboard('{End}');
    await expect.poll(focused).toBe(new Date(noon - 499 * MINUTE_MS).toTimeString().slice(0, 8));
    scrollTo({ top: 0, behavior: 'instant' });
    await settled(element);
    expect(focused()).toBe(new Date(noon - 499 * MINUTE_MS).toTimeString().slice(0, 8));
    await userEvent.keyboard('{Home}');
    await expect.poll(focused).toBe('12:00:00');
  });

  it('filters by sound, strength and words, says how many pass, and what to do if none does', async () => {
    const { app } = await openDiary([
      { startMs: noon, peakProbability: 0.95, note: 'at the door' },
      { startMs: noon + 1000, label: 'cat', labelName: 'Cat' },
    ]);
    await page.getByLabelText('Sound', { exact: true }).selectOptions('Cat');
    await expect.poll(() => texts('.name')).toEqual(['Cat']);
    await expect.element(page.getByText('1 of 2 events')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabelText('Search names and notes').fill('DOOR');
    await expect.poll(() => texts('.name')).toEqual(['Dog']);
    await page.getByLabelText('Search names and notes').fill('bell');
    await expect.element(page.getByText('No event matches')).toBeVisible();
    await page.getByRole('button', { name: 'Show all events' }).click();
    await expect.poll(() => texts('.name')).toEqual(['Cat', 'Dog']);
    app.change({ settings: { ...settings, language: 'de' } });
    await page.getByLabelText('Namen und Notizen durchsuchen').fill('katz');
    await expect.poll(() => texts('.name')).toEqual(['Katze']);
    await page.getByLabelText('Namen und Notizen durchsuchen').fill('');
    app.change({ settings });
    await page.getByRole('button', { name: 'More filters' }).click();
    await page.getByLabelText('Strength').selectOptions('90% or more');
    await expect.poll(() => texts('.name')).toEqual(['Dog']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabelText('To', { exact: true }).fill('2026-11-27');
    await expect.element(page.getByText('No event matches')).toBeVisible();
    expect(app.diary.calls).toEqual([['open']]);
  });

  it('shows new events at once at its top, and offers them to a person who has scrolled down', async () => {
    const many = Array.from({ length: 300 }, (_, i) => soundEvent({ startMs: noon - i * MINUTE_MS }));
    const { app, element } = await openDiary(many);
    app.diary.hold([...many, soundEvent({ startMs: noon + MINUTE_MS, label: 'cat', labelName: 'Cat' })]);
    await expect.poll(() => texts('.name')[0]).toBe('Cat');
    scrollTo({ top: 3000, behavior: 'instant' });
    await settled(element);
    app.diary.hold([...many, soundEvent({ startMs: noon + MINUTE_MS, label: 'siren', labelName: 'Siren' })]);
    app.diary.hold([...many, soundEvent({ startMs: noon + 1000 }), soundEvent({ startMs: noon + 2000 })]);
    const button = page.getByRole('button', { name: 'Show new events' });
    await expect.element(button).toBeInTheDocument();
    (button.element() as HTMLElement).click();
    await expect.poll(() => texts('.time')[0]).toBe('12:00:02');
  });
});

describe('an event', () => {
  const startMs = new Date(2026, 10, 28, 12).getTime();

  it('opens from its row, takes a verdict and a note, and closes', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }]);
    await page.getByRole('link', { name: /Dog/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Dog' });
    await expect.element(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Wrong' }).click();
    await expect.element(dialog.getByRole('button', { name: 'Wrong' })).toHaveAttribute('aria-pressed', 'true');
    await dialog.getByRole('button', { name: 'Wrong' }).click();
    await dialog.getByLabelText('Note').fill(' the neighbour’s ');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => location.hash).toBe('#/diary');
    expect(app.diary.calls.slice(1)).toEqual([
      ['judge', ['a'], { answer: 'wrong' }],
      ['judge', ['a'], undefined],
      ['annotate', 'a', ' the neighbour’s '],
    ]);
    await expect.poll(() => texts('.note')).toEqual(['the neighbour’s']);
  });

  it('keeps a note that was not saved, however the dialog is left', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/event/a');
    const note = page.getByLabelText('Note', { exact: true });
    await note.fill('by Escape');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => location.hash).toBe('#/diary');
    await expect.poll(() => texts('.note')).toEqual(['by Escape']);
    location.hash = '#/diary/event/a';
    await expect.element(note).toHaveValue('by Escape');
    await note.fill('by Close');
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => location.hash).toBe('#/diary');
    await expect.poll(() => texts('.note')).toEqual(['by Close']);
    location.hash = '#/diary/event/a';
    await note.fill('by going elsewhere');
    location.hash = '#/diary/week';
    await expect.poll(() => app.diary.calls.at(-1)).toEqual(['annotate', 'a', 'by going elsewhere']);
    location.hash = '#/diary/event/a';
    await note.fill('by leaving the diary, which has no room');
    app.diary.problem = { code: 'storage-full' };
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => location.hash).toBe('#/diary');
    app.diary.problem = undefined;
    location.hash = '#/diary/event/a';
    await expect.element(note).toHaveValue('by leaving the diary, which has no room');
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect.poll(() => app.diary.calls.at(-1)).toEqual(['remove', ['a']]);
  });

  it('saves a note as it is typed, and what was typed last when the page is closed', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/event/a');
    const note = page.getByLabelText('Note', { exact: true });
    await note.fill('at the ');
    await expect.poll(() => app.diary.calls.at(-1), { timeout: 5000 }).toEqual(['annotate', 'a', 'at the ']);
    await userEvent.keyboard('door');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(app.diary.calls.at(-1)).toEqual(['annotate', 'a', 'at the door']);
  });

  it('takes another sound by name, and its row says both', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/event/a');
    const dialog = page.getByRole('dialog', { name: 'Dog' });
    await dialog.getByRole('button', { name: 'Another sound' }).click();
    await dialog.getByLabelText('What was it?').fill('!');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('Use letters or digits');
    await dialog.getByLabelText('What was it?').fill('siren');
    await userEvent.keyboard('{Enter}');
    expect(app.diary.calls.slice(1)).toEqual([['judge', ['a'], { answer: 'other', label: 'siren' }]]);
    await expect.element(page.getByRole('dialog', { name: 'Siren' })).toBeVisible();
    await expect.poll(() => texts('.note')).toEqual(['instead of Dog']);
  });

  it('keeps the half-typed name of another sound, however the dialog is left, until it is given up', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/event/a');
    const name = page.getByLabelText('What was it?');
    await page.getByRole('button', { name: 'Another sound' }).click();
    await name.fill('sir');
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => location.hash).toBe('#/diary');
    location.hash = '#/diary/event/a';
    await expect.element(name).toHaveValue('sir');
    await name.click();
    await userEvent.keyboard('{Escape}');
    await expect.element(name).not.toBeInTheDocument();
    expect(app.diary.typedNames.get('a')).toBe('');
  });

  it('is deleted after a question', async () => {
    const { app } = await openDiary(
      [
        { id: 'a', startMs },
        { id: 'b', startMs: startMs + 1 },
      ],
      '#/diary/event/a',
    );
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    expect(app.diary.calls.slice(1)).toEqual([['remove', ['a']]]);
    await expect.poll(() => location.hash).toBe('#/diary');
  });
});

describe('a change that cannot be written', () => {
  const startMs = new Date(2026, 10, 28, 12).getTime();
  const full = { code: 'storage-full' } as const;

  it('is told in the dialog of the event, which stays open', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/event/a');
    app.diary.problem = full;
    const dialog = page.getByRole('dialog', { name: 'Dog' });
    await dialog.getByRole('button', { name: 'Right' }).click();
    await expect.element(dialog.getByRole('alert')).toHaveTextContent('The browser has no room left');
    await dialog.getByRole('button', { name: 'Delete event' }).click();
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await expect.element(dialog.getByRole('alert')).toBeVisible();
    app.diary.problem = undefined;
    await dialog.getByRole('button', { name: 'Right' }).click();
    await expect.element(dialog.getByRole('alert')).not.toBeInTheDocument();
  });

  it('leaves the event in the review', async () => {
    const { app } = await openDiary([{ id: 'a', startMs }], '#/diary/review');
    await page.getByLabelText('Only with sound').click();
    await expect.element(page.getByRole('article', { name: 'Dog' })).toBeVisible();
    app.diary.problem = full;
    await userEvent.keyboard('y');
    await expect.poll(() => app.diary.calls.at(-1)).toEqual(['judge', ['a'], { answer: 'right' }]);
    await expect.element(page.getByRole('article', { name: 'Dog' })).toBeVisible();
  });

  it('is told of what is heard by its cause', async () => {
    const { app } = await openDiary([{ startMs }]);
    app.diary.change({ unwritten: 2, unwrittenBecause: full });
    await expect.element(page.getByRole('alert')).toHaveTextContent('2 events couldn’t be saved yet, because');
    app.diary.change({ unwritten: 0 });
    await expect.element(page.getByRole('alert')).toHaveTextContent('Levels couldn’t be saved yet, because');
    app.diary.change({ unwritten: 2, unwrittenBecause: { code: 'storage-elsewhere' } });
    await expect.element(page.getByRole('alert')).toHaveTextContent('Earmark saves them as soon as it can.');
    app.diary.change({ unwrittenBecause: undefined, problem: { code: 'storage-failed', detail: 'lost' } });
    await expect.element(page.getByRole('alert')).toHaveTextContent('The browser couldn’t read or save');
  });
});

describe('a day', () => {
  const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
  const inDay = (host: string, selector: string) => [
    ...(deepAll(host)[0]?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const events = [
    { startMs: at(28, 3, 10) },
    { startMs: at(28, 3, 20), endMs: at(28, 3, 50) },
    { startMs: at(28, 14, 30), endMs: at(28, 15, 30), label: 'rain', labelName: 'Rain' },
    { startMs: at(27, 23), label: 'cat', labelName: 'Cat' },
  ];

  it('counts events by sound and hour, and minutes', async () => {
    await openDiary(events, '#/diary/day/2026-11-28');
    await expect
      .poll(() => inDay('earmark-diary-hours', 'tbody th').map((th) => th.textContent))
      .toEqual(['Dog', 'Rain']);
    const cells = () => inDay('earmark-diary-hours', 'td button').map((cell) => cell.getAttribute('aria-label'));
    expect(cells()).toEqual(['Dog, 03:00–04:00: 2 events', 'Rain, 14:00–15:00: 1 event']);
    expect(inDay('earmark-diary-hours', 'thead th')).toHaveLength(26);
    await page.getByRole('button', { name: 'Minutes' }).click();
    expect(cells()).toEqual([
      'Dog, 03:00–04:00: 30\u00a0min 2\u00a0s',
      'Rain, 14:00–15:00: 30\u00a0min',
      'Rain, 15:00–16:00: 30\u00a0min',
    ]);
  });

  it('lists the events of a cell, found by arrow keys', async () => {
    await openDiary(events, '#/diary/day/2026-11-28');
    await expect.poll(() => inDay('earmark-diary-hours', 'td button').length).toBe(2);
    const [first, second] = inDay('earmark-diary-hours', 'td button');
    expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1]);
    first?.focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}{Enter}');
    await expect.poll(() => location.hash).toBe('#/diary');
    await expect.poll(() => texts('.name')).toEqual(['Rain']);
    await page.getByRole('button', { name: /^Remove 28 Nov 2026, 14:00 to/ }).click();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => texts('.name').length).toBe(4);
  });

  it('follows verdicts', async () => {
    const { app } = await openDiary(events, '#/diary/day/2026-11-28');
    await expect.poll(() => inDay('earmark-diary-hours', 'td button').length).toBe(2);
    const [, dog] = app.diary.events;
    await app.diary.judge([dog?.id ?? ''], { answer: 'wrong' });
    await expect.poll(() => inDay('earmark-diary-hours', '.total').map((cell) => cell.textContent)).toEqual(['1', '1']);
  });

  it('sums up the night before in three sentences', async () => {
    const { app, element } = await openDiary(events, '#/diary/day/2026-11-28');
    await expect.element(page.getByRole('heading', { name: 'Night from Friday to Saturday' })).toBeVisible();
    expect(inDay('earmark-diary-day', '.night').map(({ textContent }) => textContent)).toEqual([
      'Between 21:00 and 07:00, Earmark heard 3 events of 2 sounds. Most often: Dog (2) and Cat (1). Most happened between 03:00 and 04:00 (2); the longest sound was Dog, 30\u00a0min from 03:20.',
    ]);
    app.change({ settings: { ...settings, language: 'de' } });
    await expect.element(page.getByRole('heading', { name: 'Nacht von Freitag auf Samstag' })).toBeVisible();
    app.change({ settings });
    await settled(element);
  });

  it('shows the level, and calibrates it by a reading', async () => {
    const now = Date.now();
    const spans = [20, 10].map((secondsAgo) => ({
      startMs: Math.floor(now / 10_000) * 10_000 - 1000 * secondsAgo,
      minimumDb: -60,
      meanDb: -50,
      maximumDb: -30,
      laeqDb: -45.5,
      heardSeconds: 10,
    }));
    const { app } = await openDiary([{ startMs: now }], '#/diary/day');
    app.diary.spans = spans;
    app.diary.hold(app.diary.events);
    await expect.element(page.getByText('LAeq −45.5 dBFS, minimum −60.0 dBFS, maximum −30.0 dBFS.')).toBeVisible();
    await page.getByText('Calibrate with a sound level meter').click();
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Enter the reading');
    await page.getByLabelText('Reading').fill('54,5');
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click();
    await expect
      .poll(() => app.calls)
      .toEqual([['changeSettings', { diary: { ...settings.diary, calibrationDb: 100 } }]]);
    app.change({ settings: { ...settings, diary: { ...settings.diary, calibrationDb: 100 } } });
    await expect.element(page.getByText('LAeq 54.5 dB(A), minimum 40.0 dB(A), maximum 70.0 dB(A).')).toBeVisible();
  });
});

describe('a week and a month', () => {
  it('have a small chart for each sound, and a link to each day', async () => {
    const at = (day: number) => new Date(2026, 10, day, 12).getTime();
    await openDiary(
      [{ startMs: at(23) }, { startMs: at(28) }, { startMs: at(28) + 1 }, { startMs: at(22) }],
      '#/diary/week/2026-11-25',
    );
    await expect.element(page.getByRole('img', { name: 'Dog: 3 events, most on 28 Nov (2)' })).toBeVisible();
    await page.getByRole('link', { name: 'Month' }).first().click();
    await page.getByLabelText('Date').fill('2026-11-02');
    await expect.element(page.getByRole('img', { name: 'Dog: 4 events, most on 28 Nov (2)' })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'November 2026' })).toBeVisible();
    // A calendar: this month began on a Sunday.
    const left = (day: string) => page.getByRole('link', { name: day }).element().getBoundingClientRect().left;
    expect([left('1 Sunday, 0 events'), left('2 Monday')]).toEqual([left('8 Sunday'), left('9 Monday')]);
    expect(left('1 Sunday, 0 events')).toBeGreaterThan(left('7 Saturday'));
    await page.getByRole('link', { name: 'Previous month' }).click();
    await expect.poll(() => location.hash).toBe('#/diary/month/2026-10-31');
    await expect.element(page.getByText('Nothing was heard in this month.')).toBeVisible();
    await page.getByRole('link', { name: 'Next month' }).click();
    await page.getByRole('link', { name: /^28/ }).click();
    await expect.poll(() => location.hash).toBe('#/diary/day/2026-11-28');
  });
});

describe('the review', () => {
  const noon = new Date(2026, 10, 28, 12).getTime();
  const sound = { samples: new Int16Array(16_000), sampleRateHz: 16_000, startMs: noon, isKept: false };
  /** A key, with the focus on nothing. */
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
  const heading = () =>
    deepAll('earmark-diary-review')[0]?.shadowRoot?.querySelector('article')?.getAttribute('aria-label');

  it('takes answers by keys, nearest the threshold first, and goes on by itself', async () => {
    const { app } = await openDiary(
      [
        { id: 'sure', startMs: noon, peakProbability: 0.95, clip: 'sure' },
        { id: 'near', startMs: noon + 1, peakProbability: 0.45, label: 'cat', labelName: 'Cat', clip: 'near' },
        { id: 'mid', startMs: noon + 2, peakProbability: 0.6, label: 'rain', labelName: 'Rain', clip: 'mid' },
        { id: 'mute', startMs: noon + 3, peakProbability: 0.4, label: 'siren', labelName: 'Siren' },
      ],
      '#/diary/review',
    );
    for (const id of ['sure', 'near', 'mid']) app.diary.clips.set(id, sound);
    await expect.poll(heading).toBe('Cat');
    press('n');
    await expect.poll(heading).toBe('Rain');
    press('k');
    await expect.poll(heading).toBe('Dog');
    press('y');
    await expect.element(page.getByText('No event with a kept sound is left')).toBeVisible();
    await page.getByLabelText('Only with sound').click();
    await expect.poll(heading).toBe('Siren');
    // The check box that was just pressed takes no letters.
    await userEvent.keyboard('l');
    await page.getByLabelText('What was it?').fill('Dog');
    await userEvent.keyboard('{Enter}');
    expect(app.diary.calls.slice(1)).toEqual([
      ['judge', ['near'], { answer: 'wrong' }],
      ['judge', ['sure'], { answer: 'right' }],
      ['judge', ['mute'], { answer: 'other', label: 'dog' }],
    ]);
    await expect.element(page.getByRole('row', { name: /^Dog 1 100% \(21% to 100%, of 1\)/ })).toBeVisible();
  });

  it('leaves letters alone while a person types, and if single keys are turned off', async () => {
    const { app } = await openDiary([{ id: 'a', startMs: noon, clip: 'a' }], '#/diary/review');
    await expect.poll(heading).toBe('Dog');
    press('l');
    await page.getByLabelText('What was it?').fill('');
    await userEvent.keyboard('nny');
    await userEvent.keyboard('{Escape}');
    app.change({ settings: { ...settings, shortcuts: false } });
    press('n');
    expect(app.diary.calls).toEqual([['open']]);
  });

  it('keeps the half-typed name of another sound to its event', async () => {
    const cat = { id: 'cat', startMs: noon + 1, peakProbability: 0.45, label: 'cat', labelName: 'Cat', clip: 'cat' };
    const { app } = await openDiary([{ id: 'dog', startMs: noon, clip: 'dog' }, cat], '#/diary/review');
    for (const id of ['dog', 'cat']) app.diary.clips.set(id, sound);
    await expect.poll(heading).toBe('Cat');
    press('l');
    const name = page.getByLabelText('What was it?');
    await name.fill('ow');
    await page.getByRole('button', { name: /Skip/ }).click();
    await expect.poll(heading).toBe('Dog');
    await expect.element(name).not.toBeInTheDocument();
    expect([...app.diary.typedNames]).toEqual([['cat', 'ow']]);
    location.hash = '#/diary';
    location.hash = '#/diary/event/cat';
    await expect.element(name).toHaveValue('ow');
  });

  it('hands reviewed sounds to Teach, wrong ones as counterexamples', async () => {
    const { app } = await openDiary(
      [
        { id: 'right', startMs: noon, clip: 'right', verdict: { answer: 'right' } },
        { id: 'wrong', startMs: noon - 1, clip: 'wrong', verdict: { answer: 'wrong' } },
        { id: 'other', startMs: noon - 2, clip: 'other', verdict: { answer: 'other', label: 'cat' } },
        { id: 'unsure', startMs: noon - 3, clip: 'unsure', verdict: { answer: 'unsure' } },
        { id: 'lost', startMs: noon - 4, clip: 'lost', verdict: { answer: 'right' } },
      ],
      '#/diary/review',
    );
    for (const id of ['right', 'wrong', 'other', 'unsure']) app.diary.clips.set(id, sound);
    await page.getByRole('button', { name: 'Add reviewed sounds to Teach' }).click();
    const { samples, sampleRateHz } = sound;
    const kept = { samples, sampleRateHz, heardAtMs: noon };
    await expect
      .poll(() => app.teach.calls.at(-1))
      .toEqual([
        'keepJudged',
        [
          { ...kept, labels: [{ id: 'dog', name: 'Dog' }] },
          { ...kept, labels: [] },
          { ...kept, labels: [{ id: 'cat', name: 'Cat' }] },
        ],
      ]);
  });

  it('proposes a threshold, and uses it', async () => {
    const judged = Array.from({ length: 24 }, (_, i) => ({
      id: `event-${i}`,
      startMs: noon + i,
      peakProbability: 0.5 + i / 100,
      verdict: { answer: i < 4 ? ('wrong' as const) : ('right' as const) },
    }));
    const { app } = await openDiary(judged, '#/diary/review');
    // From 0.52 on, 20 of 22 are right.
    await expect.element(page.getByText('Dog: from 52% on, 20 of 22 were right.')).toBeVisible();
    await page.getByRole('button', { name: 'Use it' }).click();
    const { diary } = settings;
    const used = { ...diary, rules: { ...diary.rules, labels: { dog: { threshold: 0.52 } } } };
    expect(app.calls).toEqual([['changeSettings', { diary: used }]]);
  });

  it('finds what sounds alike, and judges it together', async () => {
    const at = (first: number, second: number) => Uint16Array.of(first, second);
    const [one, half] = [0x3c00, 0x3800];
    const { app } = await openDiary(
      [
        { id: 'a', startMs: noon, embedding: at(one, 0), backbone: 'b', clip: 'a' },
        { id: 'far', startMs: noon + 1, embedding: at(0, one), backbone: 'b', peakProbability: 0.9 },
        { id: 'near', startMs: noon + 2, embedding: at(one, half), backbone: 'b', label: 'cat', labelName: 'Cat' },
        { id: 'other', startMs: noon + 3, embedding: at(one, 0), backbone: 'c' },
      ],
      '#/diary/review',
    );
    await page.getByRole('button', { name: 'More like this' }).click();
    const alike = () =>
      [...(deepAll('earmark-diary-similar')[0]?.shadowRoot?.querySelectorAll('li a') ?? [])].map((link) =>
        link.textContent?.replace(/\s+/g, ' '),
      );
    await expect.poll(() => alike().length).toBe(2);
    expect(alike()[0]).toContain('89% alike');
    expect(alike()[1]).toContain('0% alike');
    await page.getByRole('button', { name: 'All 2 are wrong' }).click();
    expect(app.diary.calls.at(-1)).toEqual(['judge', ['near', 'far'], { answer: 'wrong' }]);
    await expect.element(page.getByText('2 verdicts written.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'are right' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(app.diary.calls.at(-1)).toEqual(['judge', ['near', 'far'], undefined]);
  });

  it('leaves alone what a person said of one event when they judge what sounds like it', async () => {
    const embedding = Uint16Array.of(0x3c00, 0);
    const { app } = await openDiary(
      [
        { id: 'a', startMs: noon, embedding, backbone: 'b', clip: 'a' },
        { id: 'judged', startMs: noon + 1, embedding, backbone: 'b', verdict: { answer: 'wrong' } },
        { id: 'open', startMs: noon + 2, embedding, backbone: 'b' },
      ],
      '#/diary/review',
    );
    await page.getByRole('button', { name: 'More like this' }).click();
    await page.getByRole('button', { name: 'The one not reviewed is right' }).click();
    expect(app.diary.calls.at(-1)).toEqual(['judge', ['open'], { answer: 'right' }]);
  });
});

describe('the sounds of the diary', () => {
  const noon = new Date(2026, 10, 28, 12).getTime();
  const withModel = async (hash: string) => {
    const opened = await openDiary([{ startMs: noon }], hash);
    const state = opened.app.state;
    const reliability = [
      { from: 0, to: 0.5, meanProbability: 0.2, share: 0.1, count: 1000 },
      { from: 0.5, to: 1, meanProbability: 0.8, share: 0.75, count: 100 },
    ];
    const figures = { measuredOn: 'held-out-folds', date: '2026-11-26', clips: 10, reliability, labels: [] };
    if (state.model) opened.app.change({ model: { ...state.model, figures } });
    await settled(opened.element);
    return opened;
  };

  it('shows the expected precision beside a slider, which changes the threshold', async () => {
    const { app } = await withModel('#/diary/sounds');
    await page.getByLabelText('Find a sound').fill('dog');
    const slider = page.getByRole('slider', { name: 'Threshold of Dog' });
    await expect.element(slider).toHaveValue('50');
    await expect.element(page.getByText('In tests, 75% of all sounds above this were right.')).toBeVisible();
    (slider.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    const { diary } = settings;
    const changed = { ...diary, rules: { ...diary.rules, labels: { dog: { threshold: 0.51 } } } };
    expect(app.calls).toEqual([['changeSettings', { diary: changed }]]);
    app.change({ settings: { ...settings, diary: changed } });
    await page.getByRole('button', { name: 'Reset the threshold of Dog' }).click();
    expect(app.calls.at(-1)).toEqual(['changeSettings', { diary }]);
  });

  it('ignores a sound, and listens for it again', async () => {
    const { app } = await withModel('#/diary/sounds');
    await page.getByRole('button', { name: 'Ignore: Siren' }).click();
    const { diary } = settings;
    const ignoring = { ...diary, rules: { ...diary.rules, labels: { siren: { ignored: true } } } };
    expect(app.calls.at(-1)).toEqual(['changeSettings', { diary: ignoring }]);
    app.change({ settings: { ...settings, diary: ignoring } });
    await expect.element(page.getByText('Ignored: it does not go into the diary.')).toBeVisible();
    await page.getByRole('button', { name: 'Reset all' }).click();
    expect(app.calls.at(-1)).toEqual(['changeSettings', { diary }]);
  });
});
