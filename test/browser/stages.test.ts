import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openPage } from './fake-app';

afterEach(() => document.body.replaceChildren());

it('shows the three strongest sounds on the wall, follows them, and leaves by Esc', async () => {
  const { app } = await openPage({ phase: 'listening' });
  app.tag({ dog: 0.9, wind: 0.6, siren: 0.3, rain: 0.1 });
  await userEvent.keyboard('w');
  const wall = page.getByRole('dialog', { name: 'Wall display' });
  await expect.element(wall).toBeVisible();
  const rows = () =>
    [...(wall.element().shadowRoot?.querySelectorAll('li') ?? [])].map((row) => row.textContent?.replace(/\s+/g, ' '));
  await expect.poll(rows).toEqual(['Dog90%', 'Wind60%', 'Siren30%']);
  app.tag({ dog: 0.9, rain: 0.95 });
  await new Promise((resolve) => setTimeout(resolve, 600));
  app.tag({ dog: 0.9, rain: 0.95 });
  await expect.poll(() => rows()[0]).toBe('Rain95%');
  // The page's shortcuts do not work behind it.
  await userEvent.keyboard('f');
  expect(app.rewind.state.frozen).toBeUndefined();
  await userEvent.keyboard('{Escape}');
  await expect.element(wall).not.toBeInTheDocument();
});
