import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { loadAllTexts, t } from '../../src/ui/messages/messages';
import { deepAll, meters, openPage, settled } from './fake-app';

afterEach(() => document.body.replaceChildren());

/** Until then the page has the texts of its first drawing. Only the first test of this file can see them arrive. */
it('texts that arrive late leave the meters, an open explanation and a typed search as they are', async () => {
  const { app, element } = await openPage({ phase: 'listening' });
  app.tag({ dog: 0.9 });
  await settled(element);
  expect(Object.keys(t.synonyms)).toEqual([]);
  const before = meters();
  await userEvent.tab();
  const first = before.find((meter) => meter.tabIndex === 0);
  first?.focus({ focusVisible: true } as FocusOptions);
  const popover = () => deepAll<HTMLElement>('earmark-trust .popover, .popover')[0];
  await expect.poll(() => popover()?.matches(':popover-open')).toBe(true);
  await loadAllTexts();
  await settled(element);
  expect(Object.keys(t.synonyms).length).toBeGreaterThan(10);
  expect(meters().every((meter, i) => meter === before[i])).toBe(true);
  expect(popover()?.matches(':popover-open')).toBe(true);
  await userEvent.fill(page.getByRole('searchbox'), 'hoo');
  await settled(element);
  expect((page.getByRole('searchbox').element() as HTMLInputElement).value).toBe('hoo');
});
