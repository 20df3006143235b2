import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiaryFilter } from '../../../../src/shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../../../src/shared/contracts/sound-event';
import { EventColumns } from '../../../../src/store/diary/blocks/event-columns';
import { DiaryStore } from '../../../../src/store/diary/diary-store';
import { countEvents, findEvents, labelsOf } from '../../../../src/store/diary/event-query';
import { someMs, soundEvent } from '../../support/diary';
import { openDatabase, useEmptyBrowser } from '../../support/library';

useEmptyBrowser();

const open = (): DiaryStore => new DiaryStore(openDatabase(), () => {});

/** The same questions, answered by a plain look at every event. */
function expectedKeys(events: ReadonlyMap<number, SoundEvent>, filter: DiaryFilter): number[] {
  const { labels, fromMs = -Infinity, toMs = Infinity, leastProbability = 0, verdicts, text = '', withClip } = filter;
  const meets = ({ label, labelName, startMs, peakProbability, verdict, note = '', clip }: SoundEvent): boolean => {
    const real = verdict?.answer === 'other' ? verdict.label : label;
    const name = verdict?.answer === 'other' ? verdict.label.replaceAll('_', ' ') : labelName;
    const words = text.toLowerCase().split(' ').filter(Boolean);
    return (
      (!labels || labels.includes(real)) &&
      startMs >= fromMs &&
      startMs < toMs &&
      peakProbability >= leastProbability &&
      (!verdicts || verdicts.includes(verdict?.answer ?? 'none')) &&
      words.every((word) => name.toLowerCase().includes(word) || note.toLowerCase().includes(word)) &&
      (!withClip || clip !== undefined)
    );
  };
  return [...events].filter(([, event]) => meets(event)).map(([key]) => key);
}

const verdicts = fc.constantFrom<SoundEvent['verdict']>(
  undefined,
  { answer: 'right' },
  { answer: 'wrong' },
  { answer: 'other', label: 'new_bird' },
);

const events = fc.record({
  label: fc.constantFrom('dog', 'rain', 'owl'),
  labelName: fc.constantFrom('Dog', 'Rain', 'Big owl'),
  // Few moments, so that some are equal; mostly ascending.
  startMs: fc.integer({ min: 0, max: 30 }).map((second) => someMs + 1000 * second),
  // Exact in 32 bits.
  peakProbability: fc.constantFrom(0.25, 0.5, 0.75),
  verdict: verdicts,
  note: fc.constantFrom(undefined, 'in the barn', 'owl?'),
  clip: fc.constantFrom(undefined, 'clip'),
});

const filters = fc.record(
  {
    labels: fc.subarray(['dog', 'rain', 'owl', 'new_bird']),
    fromMs: fc.integer({ min: 0, max: 30 }).map((second) => someMs + 1000 * second),
    toMs: fc.integer({ min: 0, max: 30 }).map((second) => someMs + 1000 * second),
    leastProbability: fc.constantFrom(0.3, 0.5, 0.9),
    verdicts: fc.subarray<'none' | 'right' | 'wrong' | 'other'>(['none', 'right', 'wrong', 'other']),
    text: fc.constantFrom('', 'owl', 'dog barn', 'NEW bird'),
    withClip: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** What happens to the diary: a new event, another state of one, its deletion, or a new visit. */
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), event: events }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), at: fc.nat(), event: events }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('store' as const) }) },
  ),
  { maxLength: 60 },
);

/** An event with the fields that are there. */
function eventOf(change: object): SoundEvent {
  const present = Object.entries({ ...soundEvent(), ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as SoundEvent;
}

describe('columns of events', () => {
  it('answer like a look at every event, whatever was added, changed, deleted and stored', () => {
    fc.assert(
      fc.property(steps, filters, (done, filter) => {
        const model = new Map<number, SoundEvent>();
        let columns = new EventColumns();
        let next = 1;
        for (const step of done) {
          const keys = [...model.keys()];
          if (step.kind === 'store') columns = new EventColumns([columns.stored()]);
          else if (step.kind === 'add') {
            const event = eventOf(step.event);
            model.set(next, event);
            columns.put(next++, event);
          } else if (keys.length > 0) {
            const key = keys[step.at % keys.length] as number;
            if (step.kind === 'delete') model.delete(key);
            else model.set(key, eventOf(step.event));
            const event = model.get(key);
            if (event) columns.put(key, event);
            else columns.delete(key);
          }
        }
        expect(columns.count).toBe(model.size);
        const found = findEvents(columns, filter);
        expect([...found.keys].sort((a, b) => a - b)).toEqual(expectedKeys(model, filter));
        expect([...found.startsMs]).toEqual(Array.from(found.keys, (key) => model.get(key)?.startMs));
        expect([...found.startsMs]).toEqual([...found.startsMs].sort((a, b) => b - a));

        const counted = countEvents(columns, {}, [someMs, someMs + 10_000, someMs + 31_000]);
        const right = [...model.values()].filter(({ verdict }) => verdict?.answer !== 'wrong');
        const inFirst = right.filter(({ startMs }) => startMs < someMs + 10_000).length;
        const sums = [0, 1].map((stretch) => counted.reduce((sum, { counts }) => sum + (counts[stretch] as number), 0));
        expect(sums).toEqual([inFirst, right.length - inFirst]);
        expect(labelsOf(columns).reduce((sum, { count }) => sum + count, 0)).toBe(right.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('blocks of events', () => {
  it('follow verdicts and deletions, and are made anew when they are lost or damaged', {
    timeout: 60_000,
  }, async () => {
    const store = open();
    const all = Array.from({ length: 8300 }, (_, i) => soundEvent({ id: `e${i}`, startMs: someMs + i }));
    await store.write({ events: all, levels: [], clips: [] });
    const database = openDatabase();
    const blocks = () =>
      database.read(['eventBlocks'], (transaction) => transaction.objectStore('eventBlocks').getAllKeys());
    await expect.poll(blocks).toEqual([0]);
    const wrong = async (): Promise<[number, number]> => {
      const next = open();
      return [(await next.find({ verdicts: ['wrong'] })).count, (await next.find({})).count];
    };
    await store.update(['e5', 'e8299'], (row) => ({ ...row, verdict: { answer: 'wrong' } }));
    await store.remove(['e6', 'e8298']);
    expect(await wrong()).toEqual([2, 8298]);
    const put = (block: unknown) =>
      database.write(['eventBlocks'], (transaction) => transaction.objectStore('eventBlocks').put(block as never, 0));
    await put({ keys: new Uint32Array(3) });
    expect(await wrong()).toEqual([2, 8298]);
    await database.write(['eventBlocks'], (transaction) => transaction.objectStore('eventBlocks').clear());
    await store.update(['e7'], (row) => ({ ...row, verdict: { answer: 'wrong' } }));
    expect(await wrong()).toEqual([3, 8298]);
    expect(await blocks()).toEqual([0]);
  });

  it('leave out rows that are no events', async () => {
    const store = open();
    await store.write({ events: [soundEvent()], levels: [], clips: [] });
    await openDatabase()
      .write(['events'], (transaction) =>
        transaction.objectStore('events').add({ id: 'x', startMs: Number.NaN } as never),
      )
      .catch(() => undefined);
    await openDatabase().write(['events'], (transaction) =>
      transaction.objectStore('events').add({ ...soundEvent(), peakProbability: 7 }),
    );
    expect((await open().find({})).count).toBe(1);
    await store.write({ events: [soundEvent()], levels: [], clips: [] });
    expect((await open().find({})).count).toBe(2);
  });
});
