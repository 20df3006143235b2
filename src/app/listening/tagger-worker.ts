import { type Remote, wrap } from 'comlink';
import type { WorkerEnd } from '../../shared/contracts/messages/problem';
import type { TaggerApi } from '../../shared/contracts/tagger-api';
import { WORKER_LIVES } from '../../shared/contracts/worker-life';

/** The worker that holds the tagger, and the means to notice its end. */
export interface TaggerWorker {
  readonly api: Remote<TaggerApi>;
  terminate(): void;
}

/** How a worker ended, with the browser's explanation, if any. */
export interface WorkerDeath {
  readonly end: WorkerEnd;
  readonly detail: string;
}

/** Starts a tagger worker. `onDeath` gets what is known if it ends by itself. */
export function startTaggerWorker(onDeath: (death: WorkerDeath) => void): TaggerWorker {
  // It is also the name of its lock, and locks are shared with other tabs.
  const name = `tagger ${Math.random()}`;
  const worker = new Worker(new URL('../../tagger/worker.ts', import.meta.url), { type: 'module', name });
  const ending = new AbortController();
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onDeath(event.message ? { end: 'error', detail: event.message } : { end: 'not-loaded', detail: '' });
  });
  worker.addEventListener('message', ({ data }) => {
    if (data === WORKER_LIVES) void noticeEnd(name, ending.signal, onDeath);
  });
  return {
    api: wrap<TaggerApi>(worker),
    terminate: () => {
      ending.abort();
      worker.terminate();
    },
  };
}

/** Waits for the lock that the worker holds: see {@link WORKER_LIVES}. */
async function noticeEnd(name: string, signal: AbortSignal, onDeath: (death: WorkerDeath) => void): Promise<void> {
  try {
    await navigator.locks.request(name, { signal }, () => onDeath({ end: 'ended', detail: '' }));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
