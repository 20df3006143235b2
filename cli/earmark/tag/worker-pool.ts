import { Worker } from 'node:worker_threads';
import type { Job, JobResult, WorkerMessage } from './job';
import type { TagSettings } from './settings';

/** A worker that hears nothing new for so long waits for a drive that does not answer, or hangs in a decoder. */
const STALL_SECONDS = 120;

/** Memory of a worker's JavaScript. Its WebAssembly comes on top. */
const HEAP_MEGABYTES = 256;

export interface Threads {
  readonly count: number;
  /** For each thread. */
  readonly settings: TagSettings;
  /** The script that a thread runs. */
  readonly script?: URL;
  readonly stallSeconds?: number;
}

export interface PoolEvents {
  onDone(job: Job, result: JobResult): Promise<void> | void;
  onFailed(job: Job, reason: string): Promise<void> | void;
  /** Seconds of sound that were heard since the last call. */
  onHeard(seconds: number): void;
}

/**
 * Tags files on several threads. A file that makes a thread crash or hang costs that thread, which is replaced, and
 * nothing else.
 *
 * @param jobs taken one by one, as threads become free.
 * @throws Error if the threads cannot work at all.
 */
export async function tagOnThreads(threads: Threads, jobs: Iterator<Job>, events: PoolEvents): Promise<void> {
  const lanes = Array.from({ length: threads.count }, () => new Lane(threads, jobs, events));
  try {
    await Promise.all(lanes.map((lane) => lane.run()));
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

/** One thread after the other, with the jobs that they do. */
class Lane {
  readonly #threads: Threads;
  readonly #stallSeconds: number;
  readonly #jobs: Iterator<Job>;
  readonly #events: PoolEvents;
  #worker: Worker | undefined;

  constructor(threads: Threads, jobs: Iterator<Job>, events: PoolEvents) {
    this.#threads = threads;
    this.#stallSeconds = threads.stallSeconds ?? STALL_SECONDS;
    this.#jobs = jobs;
    this.#events = events;
  }

  async run(): Promise<void> {
    for (let next = this.#jobs.next(); !next.done; next = this.#jobs.next()) {
      const job = next.value;
      this.#worker ??= await startedWorker(this.#threads);
      const answer = await this.#ask(this.#worker, job);
      if ('result' in answer) await this.#events.onDone(job, answer.result);
      else await this.#events.onFailed(job, answer.reason);
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(worker: Worker, job: Job): Promise<{ result: JobResult } | { reason: string }> {
    return new Promise((resolve) => {
      let heard = 0;
      const end = (answer: { result: JobResult } | { reason: string }): void => {
        clearTimeout(timer);
        forget(worker);
        resolve(answer);
      };
      const lost = (reason: string): void => {
        this.#worker = undefined;
        end({ reason });
      };
      const timer = setTimeout(() => {
        void worker.terminate();
        lost(`was given up: nothing came for ${this.#stallSeconds} s`);
      }, 1000 * this.#stallSeconds);
      worker.on('message', (message: WorkerMessage) => {
        timer.refresh();
        if (message.kind === 'done') end(message);
        if (message.kind === 'failed') end(message);
        if (message.kind !== 'progress') return;
        this.#events.onHeard(message.seconds - heard);
        heard = message.seconds;
      });
      worker.on('error', (error) => lost(`made the decoder crash (${error.message})`));
      worker.on('exit', () => lost('made the decoder crash'));
      worker.postMessage(job);
    });
  }
}

/** @throws Error if it cannot work. */
async function startedWorker({ settings, script = defaultScript() }: Threads): Promise<Worker> {
  const worker = new Worker(script, {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    // Decoders write to the console.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  await new Promise<void>((resolve, reject) => {
    worker.once('message', (message: WorkerMessage) => {
      if (message.kind === 'unable') reject(new Error(message.reason));
      else resolve();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended before it could work')));
  });
  forget(worker);
  return worker;
}

/** In the package, it lies beside this code. */
function defaultScript(): URL {
  return new URL('./tag-worker.mjs', import.meta.url);
}

/** Ends what was waited for. A late error must not end the program. */
function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
  worker.on('error', () => undefined);
}
