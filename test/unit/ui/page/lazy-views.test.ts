import { expect, it, vi } from 'vitest';
import { LazyViews } from '../../../../src/ui/page/lazy-views';

it('loads a view once, tells when it is there, and has those at hand that are part of the page', async () => {
  const onChange = vi.fn();
  const teach = vi.fn(async () => undefined);
  const views = new LazyViews(onChange, { teach });
  expect(views.state('teach')).toBe('unopened');
  const opened = views.open('teach');
  expect(views.state('teach')).toBe('loading');
  await Promise.all([opened, views.open('teach')]);
  await views.open('teach');
  await views.open('listen');
  expect([views.state('teach'), views.state('listen')]).toEqual(['ready', 'ready']);
  expect(teach).toHaveBeenCalledTimes(1);
  expect(onChange).toHaveBeenCalled();
});

it('says that a view could not be fetched, and tries again when it is asked to', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const teach = vi.fn(async () => undefined).mockRejectedValueOnce(new TypeError('no network'));
  const views = new LazyViews(() => {}, { teach });
  await views.open('teach');
  expect(views.state('teach')).toBe('failed');
  await views.open('teach');
  expect(views.state('teach')).toBe('ready');
});
