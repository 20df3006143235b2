import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { nextTurn } from '../../src/shared/lib/next-turn';
import { loadAllTexts, useLanguage } from '../../src/ui/messages/messages';
import { deepAll, openPage, settings, settled, shownNames } from './fake-app';

afterEach(async () => {
  document.body.replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
  await useLanguage('en');
});

// Synonyms are among the texts that come after the first drawing.
beforeEach(loadAllTexts);

async function search(words: string) {
  const opened = await openPage({ phase: 'listening' });
  await userEvent.fill(page.getByRole('searchbox'), words);
  return opened;
}

const teachIt = () => page.getByRole('button', { name: 'Teach it', exact: true });

describe('a search among the meters', () => {
  it.each([
    ['hoover', ['Vacuum cleaner']],
    ['phone', ['Clock alarm']],
    ['smoke', ['Clock alarm', 'Siren']],
  ])('finds by a synonym: %s', async (word, expected) => {
    await search(word);
    await expect.poll(shownNames).toEqual(expected);
    await expect.element(page.getByText(`No sound is called “${word}”. These come closest.`)).toBeVisible();
  });

  it.each([
    ['Staubsauger', ['Staubsauger']],
    ['saugen', ['Staubsauger']],
    ['Rauchmelder', ['Wecker']],
  ])('finds in German: %s', async (word, expected) => {
    await useLanguage('de');
    const { app } = await openPage({ phase: 'listening' });
    app.change({ settings: { ...settings, language: 'de' } });
    await userEvent.fill(page.getByRole('searchbox'), word);
    await expect.poll(shownNames).toEqual(expected);
  });

  it('adds nothing if a name matches', async () => {
    await search('hoover');
    await expect.element(teachIt()).toBeVisible();
    await userEvent.fill(page.getByRole('searchbox'), 'dog');
    await expect.element(teachIt()).not.toBeInTheDocument();
    await expect.poll(shownNames).toEqual(['Dog']);
  });

  it('without a hit leads to Teach, with the word', async () => {
    const { app } = await search(' kettle ');
    await expect.element(page.getByText('Earmark doesn’t know “kettle” yet.')).toBeVisible();
    await teachIt().click();
    expect(app.teach.calls).toContainEqual(['startTeaching', 'kettle']);
    await expect.poll(() => location.hash).toBe('#/teach');
  });

  it('says in Teach which label new sounds get, and can be given up there', async () => {
    location.hash = '#/teach';
    const { app, element } = await openPage();
    app.teach.change({ teaching: { id: 'kettle', name: 'kettle' } });
    await expect.poll(() => deepAll('earmark-teach')).toHaveLength(1);
    await settled(element);
    await expect.element(page.getByText('Teaching “kettle”: sounds that you keep now get this label.')).toBeVisible();
    await page.getByRole('button', { name: 'Keep without this label' }).click();
    expect(app.teach.calls).toContainEqual(['endTeaching']);
  });
});

it('keeps what is typed while texts arrive and the page draws again, even if the setting has not changed yet', async () => {
  await openPage({ phase: 'listening' });
  const field = page.getByRole('searchbox').element() as HTMLInputElement;
  field.focus();
  let typed = '';
  for (const letter of 'kettle') {
    typed += letter;
    await userEvent.keyboard(letter);
    await useLanguage(typed.length % 2 ? 'de' : 'en');
    await nextTurn();
    expect(field.value).toBe(typed);
  }
});
