import { access } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UsageError } from '../../command';
import { onOneLine } from '../find/path-bytes';
import { alone } from './alone';
import { type Archive, ArchiveFolder, NotWritable } from './archive-folder';
import { LocalQueue } from './local-queue';
import { Manifest, type ManifestRow } from './manifest';
import { type ArchiveQueue, type Job, TRIES, TryAgain } from './queue';
import { BullQueue } from './redis/bull-queue';
import { shownAddress } from './redis/redis-address';
import { countResults, stateOf, writeUnreadable } from './results';
import { Sandbox, type SandboxOptions } from './sandbox';
import { archiveFingerprint, queueAddress, tagSettings } from './settings';
import type { Outcome, Task } from './tasks';
import { NoteKeeper } from './worker-note';

/** The first and the longest wait for what blocks all files. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** Smaller folders of results are counted in no time. */
const FEWEST_TO_COUNT = 1000;

export interface WorkCommand {
  readonly folder: string;
  /** How many files are tagged at the same time; undefined for one per core. */
  readonly jobs: number | undefined;
  /** The address of Redis, if it is not that of the plan. */
  readonly queue?: string | undefined;
  /** Whether a worker of Redis ends with the queue. */
  readonly untilDone?: boolean;
  /** How the processes are made, if not as usual. */
  readonly sandbox?: Pick<SandboxOptions, 'script' | 'stallSeconds'>;
}

/** Works on an archive. @returns the exit status: 1 if a file was given up. */
export async function work(command: WorkCommand): Promise<number> {
  const { jobs = availableParallelism(), sandbox = {}, untilDone = false } = command;
  const folder = new ArchiveFolder(command.folder);
  const archive = await folder.read();
  await requireSameFingerprint(folder, archive);
  await folder.sweep();
  const address = queueAddress(command.queue, archive.queue);
  const manifest = await Manifest.open(folder, archive.manifest);
  const run = async (queue: ArchiveQueue): Promise<number> => {
    const sandboxes = sandboxesOf({ ...sandbox, folder, timeZone: archive.timeZone }, jobs);
    return new Work(folder, manifest, queue, sandboxes).run().finally(() => queue.close());
  };
  if (address !== undefined) {
    requirePlannedQueue(folder, archive, address);
    return run(await BullQueue.open(folder, archive, address, untilDone));
  }
  return alone(join(folder.path, 'work.lock'), 'works', () => run(new LocalQueue(folder, manifest)));
}

/** Another queue holds none of its jobs. @throws UsageError */
function requirePlannedQueue(folder: ArchiveFolder, { queue }: Archive, address: string): void {
  const shown = shownAddress(address);
  if (shown === queue) return;
  const planned = queue === undefined ? 'without Redis' : `for ${queue}`;
  throw new UsageError(`${folder.path} was planned ${planned}: plan it again with --queue ${shown}`);
}

/** A result that another model made would not be that of this plan. @throws UsageError */
async function requireSameFingerprint(folder: ArchiveFolder, archive: Archive): Promise<void> {
  const settings = tagSettings(archive, folder);
  if ((await archiveFingerprint(settings)) === archive.fingerprint) return;
  throw new UsageError(
    `${folder.path} was planned with another model, or another version of Earmark: install the version that planned it, or plan into another folder`,
  );
}

function sandboxesOf(options: SandboxOptions, count: number): Sandbox[] {
  return Array.from({ length: count }, () => new Sandbox(options));
}

/** One run of a worker. */
class Work {
  readonly #folder: ArchiveFolder;
  readonly #manifest: Manifest;
  readonly #queue: ArchiveQueue;
  readonly #note: NoteKeeper;
  readonly #sandboxes: readonly Sandbox[];
  readonly #free: Sandbox[];
  #done = 0;
  #unreadable = 0;
  #said = '';
  /** The folder of results that is filled now. */
  #prefix = '';

  constructor(folder: ArchiveFolder, manifest: Manifest, queue: ArchiveQueue, sandboxes: readonly Sandbox[]) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#queue = queue;
    this.#note = new NoteKeeper(folder);
    this.#sandboxes = sandboxes;
    this.#free = [...sandboxes];
  }

  async run(): Promise<number> {
    await this.#note.start();
    try {
      await this.#queue.run((job, isLastTry, isLost) => this.#job(job, isLastTry, isLost), this.#sandboxes.length);
    } finally {
      for (const sandbox of this.#sandboxes) sandbox.close();
      await this.#note.stop();
    }
    console.error(`${this.#done} done, ${this.#unreadable} unreadable by this worker`);
    return this.#unreadable > 0 ? 1 : 0;
  }

  async #job(job: Job, isLastTry: boolean, isLost: boolean): Promise<void> {
    if (isLost) return this.#giveUpLost(job);
    // There are as many sandboxes as jobs at a time.
    const sandbox = this.#free.pop() as Sandbox;
    try {
      const failures = job.kind === 'part' ? await this.#part(sandbox, job) : await this.#rows(sandbox, job.rows);
      for (const { row, reason } of failures) {
        if (isLastTry) await this.#giveUp(row, reason);
        else throw new TryAgain(reason);
      }
    } finally {
      this.#free.push(sandbox);
    }
  }

  /** Whatever this file does to its workers, it must not do it for ever. */
  async #giveUpLost(job: Job): Promise<void> {
    for (const row of job.kind === 'part' ? [job.row] : job.rows) {
      if (!(await stateOf(this.#folder, row.key))) await this.#giveUp(row, 'its workers were lost again and again');
    }
  }

  async #rows(sandbox: Sandbox, rows: readonly ManifestRow[]): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const row of rows) {
      if (await stateOf(this.#folder, row.key)) continue;
      const outcome = await this.#outcome(sandbox, { kind: 'file', row });
      if (outcome.kind === 'failed') failures.push({ row, reason: outcome.reason });
      if (outcome.kind === 'cut') await this.#queue.addParts(row, outcome.parts);
      if (outcome.kind === 'done') this.#noteDone(1, outcome.seconds);
      this.#count(row.key);
    }
    return failures;
  }

  /** Whoever does the last part joins all of them. If two do, both write the same. */
  async #part(sandbox: Sandbox, { row, part, parts }: Job & { kind: 'part' }): Promise<Failure[]> {
    if (await stateOf(this.#folder, row.key)) return [];
    if (!(await this.#hasPart(row, part))) {
      const outcome = await this.#outcome(sandbox, { kind: 'part', row, part, parts });
      if (outcome.kind === 'failed') return [{ row, reason: outcome.reason }];
      if (outcome.kind === 'done') this.#noteDone(0, outcome.seconds);
    }
    for (let other = 0; other < parts; other++) if (!(await this.#hasPart(row, other))) return [];
    const outcome = await this.#outcome(sandbox, { kind: 'join', row, parts });
    const isDone = (await stateOf(this.#folder, row.key)) === 'done';
    if (outcome.kind === 'failed' && !isDone) return [{ row, reason: outcome.reason }];
    this.#noteDone(1, 0);
    return [];
  }

  async #hasPart(row: ManifestRow, part: number): Promise<boolean> {
    return access(this.#folder.partFile(row.key, part)).then(
      () => true,
      () => false,
    );
  }

  /** Waits, and asks again, for as long as something else than the file is to blame. */
  async #outcome(sandbox: Sandbox, task: Task): Promise<Exclude<Outcome, { kind: 'blocked' }>> {
    const { path } = task.row;
    this.#note.begins(path);
    try {
      for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
        const outcome = await sandbox.do(task);
        if (outcome.kind !== 'blocked') {
          this.#note.waits(undefined);
          return outcome;
        }
        await this.#wait(outcome.reason, waitMs);
      }
    } finally {
      this.#note.ends(path);
    }
  }

  async #giveUp(row: ManifestRow, reason: string): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        await writeUnreadable(this.#folder, row.key, { path: row.path, reason, tries: TRIES });
        break;
      } catch (error) {
        if (!(error instanceof NotWritable)) throw error;
        await this.#wait(error.message, waitMs);
      }
    }
    this.#unreadable += 1;
    console.error(`earmark: ${onOneLine(row.path)}: ${onOneLine(reason)} (tried ${TRIES} times)`);
  }

  async #wait(reason: string, waitMs: number): Promise<void> {
    // All lanes meet the same obstacle: it is told once.
    if (reason !== this.#said) console.error(`earmark: waiting: ${reason}`);
    this.#said = reason;
    this.#note.waits(reason);
    await delay(waitMs);
  }

  /** When the next large folder begins, counts the complete ones, so that `status` need not. */
  #count(key: string): void {
    const prefix = key.slice(0, 2);
    if (prefix === this.#prefix || this.#manifest.count(Number.parseInt(prefix, 16)) < FEWEST_TO_COUNT) return;
    this.#prefix = prefix;
    // `status` would count, if this fails.
    void countResults(this.#folder, this.#manifest).catch(() => undefined);
  }

  #noteDone(files: number, seconds: number): void {
    this.#done += files;
    this.#said = '';
    this.#note.done(files, seconds);
  }
}

interface Failure {
  readonly row: ManifestRow;
  readonly reason: string;
}
