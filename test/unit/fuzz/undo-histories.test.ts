/** Changes clips at random and undoes steps in between: each undo brings back exactly what was before its own step. */

import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { removalStep, type UndoStep } from '../../../src/app/teach/undo';
import type { ClipLibrary } from '../../../src/store/clips/clip-library';
import { newClip, openLibrary, useEmptyBrowser } from '../support/library';

useEmptyBrowser();

/** npm tells which of its scripts runs. */
const HISTORIES = process.env.npm_lifecycle_event === 'fuzz' ? 1000 : 100;

const CLIPS = 4;
const names = ['Dog', 'DOG', 'Rex', 'Bell'];
const label = fc.constantFrom(...names).map((name) => ({ id: name.toLowerCase(), name }));
const clip = fc.nat(CLIPS - 1);
const some = fc.uniqueArray(clip, { minLength: 1 });

const action = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ what: 'undo' } as const) },
  fc.record({
    what: fc.constant('edit' as const),
    clip,
    labels: fc.uniqueArray(label, { maxLength: 3, selector: ({ id }) => id }),
    reviewed: fc.boolean(),
  }),
  fc.record({ what: fc.constant('accept' as const), clips: some }),
  fc.record({ what: fc.constant('relabel' as const), clips: some, add: label, remove: label }),
  fc.record({ what: fc.constant('rename' as const), label, to: label }),
  fc.record({ what: fc.constant('remove' as const), clips: some }),
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

/** What a person sees: clips with the names of their labels, which have no order. */
async function shown(library: ClipLibrary): Promise<unknown> {
  const nameOf = new Map((await library.labels()).map(({ id, name }) => [id, name]));
  return (await library.list()).map(({ id, labels, reviewed }) => ({
    id,
    labels: labels.map((of) => nameOf.get(of)).toSorted(),
    reviewed,
  }));
}

/** Does it; undefined if it is impossible now: the clip is not there, or no clip has the label. */
async function perform(
  library: ClipLibrary,
  ids: readonly string[],
  done: Exclude<Action, { what: 'undo' }>,
): Promise<UndoStep | undefined> {
  const idsOf = (clips: readonly number[]): string[] => clips.map((index) => ids[index] as string);
  switch (done.what) {
    case 'edit': {
      const listed = (await library.list()).some(({ id }) => id === ids[done.clip]);
      return listed ? library.update(ids[done.clip] as string, done) : undefined;
    }
    case 'accept':
      return library.updateMany(idsOf(done.clips), { reviewed: true });
    case 'relabel':
      return library.updateMany(idsOf(done.clips), {
        addLabels: [done.add],
        removeLabels: [done.remove.id],
        reviewed: true,
      });
    case 'rename': {
      const known = (await library.labels()).some(({ id }) => id === done.label.id);
      return known ? library.renameLabel(done.label.id, done.to) : undefined;
    }
    case 'remove':
      return removalStep(await library.remove(idsOf(done.clips)));
  }
}

it(`brings back what was before the step, ${HISTORIES} histories`, { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
      vi.stubGlobal('indexedDB', new IDBFactory());
      const library = openLibrary();
      const ids: string[] = [];
      for (let seed = 0; seed < CLIPS; seed++)
        ids.push((await library.add(newClip(seed, { labels: [], reviewed: seed > 0 }))).clip.id);
      const history: { before: unknown; step: UndoStep }[] = [];
      const undo = async (): Promise<void> => {
        const last = history.pop();
        if (!last) return;
        expect(await last.step.restore()).toBe(0);
        expect(await shown(library)).toEqual(last.before);
      };
      for (const done of actions) {
        if (done.what === 'undo') {
          await undo();
          continue;
        }
        const before = await shown(library);
        const step = await perform(library, ids, done);
        if (step) history.push({ before, step });
      }
      while (history.length > 0) await undo();
    }),
    { numRuns: HISTORIES, seed: 20_170_101 },
  );
});
