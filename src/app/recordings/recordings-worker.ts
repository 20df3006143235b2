import { type Remote, wrap } from 'comlink';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import {
  RECORDINGS_READY,
  RECORDINGS_WORKER,
  type RecordingsApi,
} from '../../shared/contracts/recordings/recordings-api';

/** A worker for recordings; tests pass their own. */
export interface RecordingsWorkerLink {
  readonly api: Remote<RecordingsApi>;
  /** Rejects with worker-died if the worker ends by itself. */
  readonly died: Promise<never>;
  terminate(): void;
}

/** Starts a worker for recordings, and waits until it answers. @throws EarmarkError worker-died. */
export async function startRecordingsWorker(): Promise<RecordingsWorkerLink> {
  const name = `${RECORDINGS_WORKER} ${Math.random()}`;
  const worker = new Worker(new URL('../../tagger/worker.ts', import.meta.url), { type: 'module', name });
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const end = event.message ? 'error' : 'not-loaded';
      reject(new EarmarkError({ code: 'worker-died', end, detail: event.message ?? '' }));
    });
  });
  // Whoever asks something of the worker waits for it, too.
  died.catch(() => undefined);
  const ready = new Promise<void>((resolve) => {
    worker.addEventListener('message', ({ data }) => {
      if (data === RECORDINGS_READY) resolve();
    });
  });
  await Promise.race([ready, died]);
  return { api: wrap<RecordingsApi>(worker), died, terminate: () => worker.terminate() };
}

/** What reports nothing for so long waits for a drive that does not answer, or hangs in a decoder. */
const STALL_TICKS = 12;
/** Counted in ticks: a computer that sleeps misses all but one of them. */
const TICK_MS = 10_000;

/** Gives up on the work of a worker from which nothing comes any more. */
export class StallWatch {
  /** Rejects when nothing came for two minutes. */
  readonly stalled: Promise<never>;
  #ticks = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param file its name. */
  constructor(file: string) {
    let giveUp: (error: EarmarkError) => void;
    this.stalled = new Promise((_, reject) => {
      giveUp = reject;
    });
    this.stalled.catch(() => undefined);
    this.#timer = setInterval(() => {
      this.#ticks++;
      if (this.#ticks >= STALL_TICKS)
        giveUp(new EarmarkError({ code: 'recording-unreadable', file, fault: 'stalled' }));
    }, TICK_MS);
  }

  /** Something came. */
  heard(): void {
    this.#ticks = 0;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
