import { expect, it, vi } from 'vitest';
import { LazyViews } from '../../../../src/ui/page/lazy-views';

it('loads a view once, reports when it is ready, and has the page’s own views ready', async () => {
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

it('reports that a view could not be fetched, and retries on request', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const teach = vi.fn(async () => undefined).mockRejectedValueOnce(new TypeError('no network'));
  const views = new LazyViews(() => {}, { teach });
  await views.open('teach');
  expect(views.state('teach')).toBe('failed');
  await views.open('teach');
  expect(views.state('teach')).toBe('ready');
});
