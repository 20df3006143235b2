import { expose } from 'comlink';
import { RECORDINGS_READY } from '../../shared/contracts/recordings/recordings-api';
import { RecordingsWorker } from './recordings-worker';

/** Makes this thread serve recordings. */
export function serveRecordings(): void {
  expose(new RecordingsWorker());
  self.postMessage(RECORDINGS_READY);
}
