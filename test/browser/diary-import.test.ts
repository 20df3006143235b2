import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { soundEvent } from '../unit/support/diary';
import { deepAll, openPage, settings, settled } from './fake-app';

afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

const noon = new Date(2026, 10, 28, 12).getTime();

/** The review of a diary with a dog and an owl, with the import open. */
async function openImport() {
  const opened = await openPage({ phase: 'ready' });
  opened.app.diary.hold([
    soundEvent({ id: 'a', startMs: noon, verdict: { answer: 'wrong' } }),
    soundEvent({ id: 'b', startMs: noon + 60_000, label: 'owl', labelName: 'Owl' }),
  ]);
  location.hash = '#/diary/review';
  await expect.poll(() => deepAll('earmark-diary-import').length, { timeout: 20_000 }).toBe(1);
  await settled(opened.element);
  await page.getByText('Import verdicts').click();
  return opened;
}

const choose = (text: string | Uint8Array<ArrayBuffer>): Promise<void> =>
  userEvent.upload(page.getByLabelText('Choose a table…').last(), new File([text], 'table.csv'));

describe('the import of verdicts', () => {
  it('shows what a table would change, writes it on a press, and takes it back', async () => {
    const { app } = await openImport();
    const verdicts = () => app.diary.events.map(({ verdict }) => verdict?.answer);
    await choose('0.0\t2.0\tDog 0.75\n60.0\t62.0\tOwl\n99\t98\tDog\n400\t401\tOwl\n');
    await expect.element(page.getByText('Audacity labels: 3 rows with a verdict.')).toBeVisible();
    await expect.element(page.getByText('2 rows match the diary, 1 does not.')).toBeVisible();
    await expect.element(page.getByText('1 row left out: the end is before the start (line 3).')).toBeVisible();
    await expect.element(page.getByText('1 verdict replaces another one.')).toBeVisible();
    await expect.element(page.getByLabelText('Second 0 of the table')).toHaveValue('2026-11-28T12:00');
    expect(verdicts()).toEqual(['wrong', undefined]);
    await page.getByRole('button', { name: 'Write 2 verdicts' }).click();
    await expect.element(page.getByText('2 verdicts written.')).toBeVisible();
    expect(verdicts()).toEqual(['right', 'right']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('The verdicts are as they were before.')).toBeVisible();
    expect(verdicts()).toEqual(['wrong', undefined]);
  });

  it('says how many verdicts it could write', async () => {
    const { app } = await openImport();
    await choose('0.0\t2.0\tDog\n60.0\t62.0\tOwl\n');
    app.diary.problem = { code: 'storage-full' };
    await page.getByRole('button', { name: 'Write 2 verdicts' }).click();
    await expect.element(page.getByText('0 of 2 verdicts written.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('knows the names of labels in every language of the page, and says which ones were never heard', async () => {
    await openImport();
    await choose('0.0\t2.0\tHund\n60.0\t62.0\tEule\n');
    await expect.element(page.getByText('2 rows match the diary.')).toBeVisible();
    await choose('0.0\t2.0\tWhale\n60.0\t62.0\tDugong\n70.0\t72.0\tWhale\n');
    await expect.element(page.getByText('None of its sounds is in the diary: “Whale” and “Dugong”.')).toBeVisible();
    await expect.element(page.getByLabelText('Second 0 of the table')).not.toBeInTheDocument();
  });

  it('takes another moment for second 0', async () => {
    await openImport();
    await choose('0.0\t2.0\tDog\n');
    await expect.element(page.getByText('1 row matches the diary.')).toBeVisible();
    await page.getByLabelText('Second 0 of the table').fill('2026-11-28T11:00:00.000');
    await expect.element(page.getByText('0 rows match the diary, 1 does not.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Write 0 verdicts' })).toBeDisabled();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(page.getByText('0 rows match')).not.toBeInTheDocument();
  });

  it.each([
    ['', 'This file is empty.'],
    [Uint8Array.of(82, 73, 70, 70, 0, 0, 0), 'This file is not a table.'],
    ['start,end,Label\n1,2,"Dog\n', 'A quotation mark in this table is never closed'],
    ['When,Who\n1,2\n', 'Earmark doesn’t know the columns of this table (“When” and “Who”).'],
  ] as const)('says why a file cannot be used, and changes nothing (%#)', async (text, sentence) => {
    const { app } = await openImport();
    await choose(text as string);
    await expect.element(page.getByRole('alert')).toHaveTextContent(sentence);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Nothing was changed.');
    expect(app.diary.calls.filter(([name]) => name === 'judge')).toEqual([]);
  });

  it('speaks German', async () => {
    const { app } = await openImport();
    app.change({ settings: { ...settings, language: 'de' } });
    await userEvent.upload(
      page.getByLabelText('Tabelle auswählen…').last(),
      new File(['start;end;Label;Wer\n0,0;2,0;dog;Ute\n'], 'x.csv'),
    );
    await expect.element(page.getByText('1 Zeile passt zum Tagebuch.')).toBeVisible();
    await expect.element(page.getByText('Nicht verwendet: „Wer“.')).toBeVisible();
    await expect.element(page.getByText('Die Zahlen haben Dezimalkommas.')).toBeVisible();
    app.change({ settings });
  });
});
