import type { ArchiveFolder } from './archive-folder';
import { type Manifest, type ManifestRow, prefixes } from './manifest';
import { type ArchiveQueue, type Job, type JobHandler, TRIES, TryAgain } from './queue';
import { statesOf } from './results';

interface TriedJob {
  readonly job: Job;
  readonly tries: number;
}

/** The queue of one process: everything that the manifest has and the ledger has not. */
export class LocalQueue implements ArchiveQueue {
  readonly #waiting: AsyncIterator<Job>;
  /** Parts of files that are in work. */
  readonly #parts: Job[] = [];
  /** Jobs that failed. They come last: what was wrong may have passed by then. */
  readonly #again: TriedJob[] = [];
  #running = 0;
  #wake: (() => void)[] = [];

  constructor(folder: ArchiveFolder, manifest: Manifest) {
    this.#waiting = unfinishedJobs(folder, manifest);
  }

  async addParts(row: ManifestRow, parts: number): Promise<void> {
    for (let part = 0; part < parts; part++) this.#parts.push({ kind: 'part', row, part, parts });
  }

  async run(handler: JobHandler, concurrency: number): Promise<void> {
    await Promise.all(Array.from({ length: concurrency }, () => this.#lane(handler)));
  }

  async close(): Promise<void> {}

  async #lane(handler: JobHandler): Promise<void> {
    for (let next = await this.#next(); next; next = await this.#next()) {
      const { job, tries } = next;
      const isLastTry = tries + 1 === TRIES;
      try {
        await handler(job, isLastTry, false);
      } catch (error) {
        if (isLastTry || !(error instanceof TryAgain)) throw error;
        this.#again.push({ job, tries: tries + 1 });
      } finally {
        this.#running -= 1;
        this.#wakeAll();
      }
    }
  }

  /** Waits while others work, because they may add parts or fail. */
  async #next(): Promise<TriedJob | undefined> {
    for (;;) {
      // Counted before the wait for the next row, so that no other lane ends meanwhile.
      this.#running += 1;
      const part = this.#parts.shift();
      if (part) return { job: part, tries: 0 };
      const { value, done } = await this.#waiting.next();
      if (!done) return { job: value, tries: 0 };
      const again = this.#parts.length === 0 ? this.#again.shift() : undefined;
      if (again) return again;
      this.#running -= 1;
      if (this.#parts.length > 0) continue;
      if (this.#running === 0) {
        this.#wakeAll();
        return undefined;
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

async function* unfinishedJobs(folder: ArchiveFolder, manifest: Manifest): AsyncGenerator<Job> {
  for (const [bucket, prefix] of prefixes.entries()) {
    if (manifest.count(bucket) === 0) continue;
    const states = await statesOf(folder, prefix);
    if (states.size >= manifest.count(bucket) && (await manifest.keys(bucket)).every((key) => states.has(key)))
      continue;
    for (const row of await manifest.bucketRows(bucket)) {
      if (!states.has(row.key)) yield { kind: 'rows', rows: [row] };
    }
  }
}
