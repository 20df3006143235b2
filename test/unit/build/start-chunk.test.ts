import { expect, it } from 'vitest';
import { startChunk } from '../../../build/start-chunk';

/** Modules with those that import them; `entry` is the page's script. */
const importers: Record<string, string[]> = {
  entry: [],
  app: ['entry'],
  shared: ['app', 'view'],
  view: [],
  ofView: ['view'],
  one: ['other'],
  other: ['one'],
};
const bundle = {
  getModuleInfo: (id: string) => {
    const found = importers[id];
    return found ? { isEntry: id === 'entry', importers: found } : null;
  },
};

it('contains what the page’s script imports, directly or indirectly, and what later scripts share with it', () => {
  const start = Object.keys(importers).filter((id) => startChunk(id, bundle) === 'start');
  expect(start).toEqual(['entry', 'app', 'shared']);
  expect(startChunk('unknown', bundle)).toBeNull();
});
