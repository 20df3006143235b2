import { type Remote, wrap } from 'comlink';
import type { TaggerApi } from '../shared/tagger-api';

/** The worker that holds the tagger, with what it takes to notice its end. */
export interface TaggerWorker {
  readonly api: Remote<TaggerApi>;
  terminate(): void;
}

/** Starts a tagger worker; `onDeath` gets the browser's words when its script fails. */
export function startTaggerWorker(onDeath: (detail: string) => void): TaggerWorker {
  const worker = new Worker(new URL('../tagger/worker.ts', import.meta.url), { type: 'module', name: 'tagger' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onDeath(event.message || 'its script could not be loaded');
  });
  return { api: wrap<TaggerApi>(worker), terminate: () => worker.terminate() };
}
