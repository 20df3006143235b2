import { setTimeout as delay } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import type { Archive, ArchiveFolder } from '../archive-folder';
import { Manifest, type ManifestRow, type ManifestSpan, prefixes } from '../manifest';
import { type ArchiveQueue, type Job, type JobHandler, TRIES, TryAgain } from '../queue';
import { countResults, statesOf } from '../results';
import { redisSentence } from './redis-address';
import { connectToRedis, type RedisConnection } from './redis-connection';

/** A worker that is silent for so long is lost, and its jobs go to others. It tags in other processes, so it answers. */
const LOCK_MS = 10_000;
const STALLED_MS = 5000;
/** A job whose worker was lost so often is to blame for it. */
const MOST_LOSSES = 10;
const POLL_MS = 1000;
/** Jobs that are sent to Redis at once. */
const JOBS_AT_ONCE = 1000;
/** With more files, a job has several: Redis is filled in seconds, and its memory stays the same. */
const MOST_JOBS = 100_000;

/** What Redis keeps of a job. Rows are only named by their place in the manifest: that is shorter than any path. */
type JobData =
  | { readonly manifest: string; readonly span: readonly [number, number] }
  | { readonly row: ManifestRow; readonly part: number; readonly parts: number };

const jobOptions = {
  // Without a pause between them, which would end by a clock that may jump: it comes last in the queue instead.
  attempts: TRIES,
  removeOnComplete: true,
  // The ledger has the reason.
  removeOnFail: true,
} as const;

/** A queue in Redis, for any number of machines. */
export class BullQueue implements ArchiveQueue {
  readonly #folder: ArchiveFolder;
  readonly #archive: Archive;
  readonly #connection: RedisConnection;
  readonly #queue: Queue<JobData>;
  readonly #untilDone: boolean;
  #said = '';
  #fault: unknown;

  private constructor(
    folder: ArchiveFolder,
    archive: Archive,
    connection: RedisConnection,
    queue: Queue<JobData>,
    untilDone: boolean,
  ) {
    this.#folder = folder;
    this.#archive = archive;
    this.#connection = connection;
    this.#queue = queue;
    this.#untilDone = untilDone;
    queue.on('error', (error) => this.#say(redisSentence(error, connection.shown)));
  }

  /** @param untilDone whether `run` ends with the queue. @throws Error if Redis cannot be used, with what to do. */
  static async open(folder: ArchiveFolder, archive: Archive, address: string, untilDone = false): Promise<BullQueue> {
    const connection = await connectToRedis(address);
    const { Queue } = await import('bullmq');
    const queue = new Queue<JobData>(queueName(archive), { connection: connection.client, skipVersionCheck: true });
    return new BullQueue(folder, archive, connection, queue, untilDone);
  }

  /** Adds every job that has a file without a result. Jobs that it has already stay as they are. */
  async fill(manifest: Manifest, mostJobs = MOST_JOBS): Promise<void> {
    const rowsPerJob = Math.ceil(this.#archive.manifest.files / mostJobs);
    let waiting: ManifestSpan[] = [];
    for (const [bucket, prefix] of prefixes.entries()) {
      if (manifest.count(bucket) === 0) continue;
      const states = await statesOf(this.#folder, prefix);
      const rows = await manifest.lines(manifest.span(bucket));
      for (let at = 0; at < rows.length; at += rowsPerJob) {
        const group = rows.slice(at, at + rowsPerJob);
        if (group.every(({ key }) => states.has(key))) continue;
        waiting.push({ start: group[0]?.span.start ?? 0, end: group.at(-1)?.span.end ?? 0 });
        if (waiting.length < JOBS_AT_ONCE) continue;
        await this.#addSpans(manifest, waiting);
        waiting = [];
      }
    }
    await this.#addSpans(manifest, waiting);
  }

  /** Forgets the jobs of a manifest that is no longer the plan. */
  async forgetJobs(): Promise<void> {
    await this.#sentence(this.#queue.drain(true));
  }

  async addParts(row: ManifestRow, parts: number): Promise<void> {
    await this.#queue.addBulk(
      Array.from({ length: parts }, (_, part) => ({
        name: 'part',
        data: { row, part, parts },
        // First, so that a long file is complete before the next one is begun.
        opts: { ...jobOptions, jobId: `${row.key}-${part}`, lifo: true },
      })),
    );
  }

  async run(handler: JobHandler, concurrency: number): Promise<void> {
    const { Worker } = await import('bullmq');
    const worker = new Worker<JobData>(
      queueName(this.#archive),
      async ({ data, attemptsMade, stalledCounter }) => {
        const isLost = stalledCounter >= MOST_LOSSES;
        if (isLost && (await this.#hasDivided(data))) return;
        await handler(await this.#job(data), isLost || attemptsMade + 1 >= TRIES, isLost).catch((error: unknown) => {
          if (!(error instanceof TryAgain)) this.#fault ??= error;
          throw error;
        });
        this.#said = '';
      },
      {
        connection: this.#connection.client,
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_MS,
        maxStalledCount: 2 * MOST_LOSSES,
        skipVersionCheck: true,
      },
    );
    worker.on('error', (error) => this.#say(redisSentence(error, this.#connection.shown)));
    await this.#end(worker);
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(() => undefined);
    this.#connection.client.disconnect();
  }

  /** Waits until the queue is empty and the ledger complete; for ever without --until-done. */
  async #end(worker: Worker<JobData>): Promise<void> {
    let timesEmpty = 0;
    try {
      for (;;) {
        await delay(POLL_MS);
        if (this.#fault !== undefined) throw this.#fault;
        timesEmpty = (await this.#isEmpty()) ? timesEmpty + 1 : 0;
        // Between two states, a job can be in none.
        if (timesEmpty < 2) continue;
        const missing = await this.#missing();
        if (missing > 0) {
          const sentence = `Redis has no more jobs, but ${missing} files have no result, because Redis lost them: plan again`;
          if (this.#untilDone) throw new Error(sentence);
          this.#say(sentence);
        } else if (this.#untilDone) return;
        else this.#say('all is done: plan more, or stop this worker; with --until-done it ends by itself');
      }
    } finally {
      await worker.close(this.#fault !== undefined).catch(() => undefined);
    }
  }

  async #isEmpty(): Promise<boolean> {
    const counts = await this.#queue.getJobCounts('wait', 'active', 'delayed', 'prioritized');
    return Object.values(counts).every((count) => count === 0);
  }

  /** Files of the newest plan without a result. */
  async #missing(): Promise<number> {
    const { manifest } = await this.#folder.read();
    const { done, unreadable } = await countResults(this.#folder, await Manifest.open(this.#folder, manifest));
    return manifest.files - done - unreadable;
  }

  /** A job of a plan that is no longer there has nothing to do. */
  async #job(data: JobData): Promise<Job> {
    if ('row' in data) return { kind: 'part', ...data };
    const [start, end] = data.span;
    const manifest = await this.#manifest(data.manifest);
    return { kind: 'rows', rows: manifest ? await manifest.rows({ start, end }) : [] };
  }

  /** Makes a job of each file of a job, so that none answers for another one. @returns false if it has only one. */
  async #hasDivided(data: JobData): Promise<boolean> {
    if ('row' in data) return false;
    const [start, end] = data.span;
    const manifest = await this.#manifest(data.manifest);
    const lines = (await manifest?.lines({ start, end })) ?? [];
    if (!manifest || lines.length < 2) return false;
    await this.#addSpans(
      manifest,
      lines.map(({ span }) => span),
    );
    return true;
  }

  #manifest(name: string): Promise<Manifest | undefined> {
    return Manifest.open(this.#folder, { name }).catch(() => undefined);
  }

  async #addSpans({ name }: Manifest, spans: readonly ManifestSpan[]): Promise<void> {
    const mark = name.replace(/^manifest-|\.jsonl$/g, '');
    await this.#sentence(
      this.#queue.addBulk(
        spans.map(({ start, end }) => ({
          name: 'rows',
          data: { manifest: name, span: [start, end] as const },
          opts: { ...jobOptions, jobId: `${mark}-${start}-${end}` },
        })),
      ),
    );
  }

  /** @throws Error with what to do. */
  async #sentence<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new Error(redisSentence(cause as Error, this.#connection.shown), { cause });
    }
  }

  /** Says a thing once, until something works again. */
  #say(sentence: string): void {
    if (sentence !== this.#said) console.error(`earmark: waiting: ${sentence}`);
    this.#said = sentence;
  }
}

/** Plans with other parameters never meet: each archive has a queue of its own. */
function queueName({ id, fingerprint }: Archive): string {
  return `earmark-${id}-${fingerprint.slice(0, 8)}`;
}
