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
