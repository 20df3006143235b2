/** The page of `npm run bench:diary`: a diary of its own, filled and asked. */
import type { DiaryCommands } from '../../../src/app/diary/diary-state';
import { exportEvents } from '../../../src/app/diary/export-events';
import type { LabelCounts } from '../../../src/shared/contracts/diary/diary-query';
import type { LevelSpan, SoundEvent } from '../../../src/shared/contracts/sound-event';
import { groupBy } from '../../../src/shared/lib/group-by';
import { seededRandom } from '../../../src/shared/lib/math/random';
import { DATABASE_NAME, Database } from '../../../src/store/database';
import { blockOf } from '../../../src/store/diary/blocks/event-blocks';
import { EventColumns } from '../../../src/store/diary/blocks/event-columns';
import { changedDetails, packDetails } from '../../../src/store/diary/blocks/event-details';
import { packEmbeddings } from '../../../src/store/diary/blocks/event-embeddings';
import { DiaryStore } from '../../../src/store/diary/diary-store';

const DAY_MS = 86_400_000;
const LABELS = 52;
/** That of the shipped network. */
const EMBEDDING_SIZE = 512;
/** The last event is at the end of this day. */
const END_MS = Date.parse('2026-06-01T00:00:00Z');

/** That of the app, which is opened on the same diary. */
const database = new Database(DATABASE_NAME);
const store = new DiaryStore(database, () => {});

const draw = seededRandom(9);
const someEmbedding = Uint16Array.from({ length: EMBEDDING_SIZE }, () => 15_000 + 1000 * draw());

/** What the runner calls. */
export const bench = {
  /**
   * Writes events over a year, as many each day, in the order in which listening does.
   *
   * @param rowsFrom the events before this one get blocks, but no rows of their own.
   */
  async fill(from: number, to: number, total: number, rowsFrom: number): Promise<void> {
    const random = seededRandom(from + 1);
    const events = Array.from(
      { length: to - from },
      (_, i) => [from + i + 1, eventAt(END_MS - 365 * DAY_MS * (1 - (from + i) / total), random)] as const,
    );
    for (const [number, own] of groupBy(events, ([key]) => blockOf(key))) {
      if (own.some(([key]) => key > rowsFrom)) await addRows(own);
      else await putBlock(number, own);
    }
  },

  /** Stores the blocks that listening stores whenever one is full. */
  seal: () => timed(async () => (await store.open()).eventCount),

  /** A day of levels. */
  async fillLevels(): Promise<void> {
    const levels = Array.from({ length: DAY_MS / 10_000 }, (_, i): LevelSpan => {
      const startMs = END_MS - DAY_MS + 10_000 * i;
      return { startMs, minimumDb: -60, meanDb: -50, maximumDb: -40, laeqDb: -55, heardSeconds: 10 };
    });
    await store.write({ events: [], levels, clips: [] });
  },

  /** The app has opened the database by the time that a view is opened. */
  async prepare(): Promise<void> {
    await store.clips();
  },

  /** As when the view opens: the summary, and the first screen of rows. */
  open: () =>
    timed(async () => {
      const { eventCount } = await store.open();
      const found = await store.find({});
      await store.rows(found.keys.subarray(0, 50));
      return eventCount;
    }),

  filter: () =>
    timed(async () => {
      const fromMs = END_MS - 300 * DAY_MS;
      const found = await store.find({ labels: ['label-3', 'label-17'], leastProbability: 0.8, fromMs });
      await store.rows(found.keys.subarray(0, 50));
      return found.count;
    }),

  search: () =>
    timed(async () => {
      const found = await store.find({ text: 'name 23', verdicts: ['none', 'right'] });
      await store.rows(found.keys.subarray(0, 50));
      return found.count;
    }),

  day: () =>
    timed(async () => {
      const edges = Array.from({ length: 25 }, (_, hour) => END_MS - DAY_MS + 3_600_000 * hour);
      const [counts, levels] = await Promise.all([store.counts({}, edges), store.levels(END_MS - DAY_MS, END_MS)]);
      return sumOf(counts) + levels.length;
    }),

  year: () =>
    timed(async () => {
      const edges = Array.from({ length: 366 }, (_, day) => END_MS - (365 - day) * DAY_MS);
      return sumOf(await store.counts({}, edges));
    }),

  judge: () =>
    timed(async () => {
      const found = await store.find({ labels: ['label-9'] });
      const [event] = await store.rows(found.keys.subarray(49, 50));
      await store.update([(event as SoundEvent).id], (row) => ({ ...row, verdict: { answer: 'wrong' } }));
      return (await store.find({ verdicts: ['wrong'] })).count;
    }),

  /** Ranks the newest 100,000 events; the first question reads their embeddings. */
  similar: () =>
    timed(async () => {
      const { keys } = await store.find({});
      const [event] = await store.rows(keys.subarray(0, 1));
      return (await store.similar(event as SoundEvent)).length;
    }),

  /** Writes everything as CSV into a file, as the page does, and tells its size. */
  exportCsv: () =>
    timed(async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('diary.csv', { create: true });
      const diary: Pick<DiaryCommands, 'find' | 'details'> = {
        find: (filter) => store.find(filter),
        details: ({ keys }, from, to) => store.details(keys.subarray(from, to)),
      };
      const target = { name: 'diary.csv', file: await handle.createWritable() };
      await exportEvents(diary as DiaryCommands, {}, 'csv', target, () => {});
      return (await handle.getFile()).size;
    }),
};

type Keyed = readonly (readonly [key: number, event: SoundEvent])[];

function addRows(events: Keyed): Promise<void> {
  return database.write(
    ['events'],
    async (transaction) => {
      const rows = transaction.objectStore('events');
      await Promise.all(events.map(([key, event]) => rows.add(event, key)));
    },
    'relaxed',
  );
}

/** Adds to a block that is not full yet. */
async function putBlock(number: number, events: Keyed): Promise<void> {
  await database.write(
    ['eventBlocks', 'eventDetails', 'eventEmbeddings'],
    async (transaction) => {
      const before = await transaction.objectStore('eventBlocks').get(number);
      const columns = new EventColumns(before ? [before] : []);
      for (const [key, event] of events) columns.put(key, event);
      await transaction.objectStore('eventBlocks').put(columns.stored(), number);
      const details = (await transaction.objectStore('eventDetails').get(number)) ?? packDetails(new Map());
      await transaction.objectStore('eventDetails').put(changedDetails(details, new Map(events)), number);
      const embeddings = (await transaction.objectStore('eventEmbeddings').get(number)) ?? [];
      await transaction.objectStore('eventEmbeddings').put([...embeddings, ...packEmbeddings(new Map(events))], number);
    },
    'relaxed',
  );
}

async function timed(work: () => Promise<number>): Promise<{ ms: number; result: number }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

function sumOf(counts: readonly LabelCounts[]): number {
  return counts.reduce((sum, row) => sum + row.counts.reduce((a, b) => a + b, 0), 0);
}

function eventAt(at: number, random: () => number): SoundEvent {
  const label = Math.floor(LABELS * random() ** 2);
  const startMs = Math.round(at);
  const peakProbability = random();
  return {
    id: crypto.randomUUID(),
    label: `label-${label}`,
    labelName: `Name ${label}`,
    startMs,
    endMs: startMs + Math.round(1000 + 9000 * random()),
    timeZone: 'Europe/Berlin',
    utcOffsetMinutes: 60,
    peakProbability,
    meanProbability: peakProbability / 2,
    peakLevelDb: -30,
    threshold: 0.4,
    model: 'earmark-52',
    head: 'shipped',
    source: { kind: 'microphone', name: 'Built-in' },
    embedding: embeddingOf(random),
    backbone: 'earmark-52-0123456789abcdef',
  };
}

/** Other numbers than those of the others, without drawing each. */
function embeddingOf(random: () => number): Uint16Array<ArrayBuffer> {
  const embedding = someEmbedding.slice();
  for (let i = 0; i < 8; i++) embedding[Math.floor(EMBEDDING_SIZE * random())] = 31_000 * random();
  return embedding;
}

Object.assign(globalThis, { bench });
