import type { RecordingsParts } from '../../../src/app/recordings/recordings-parts';
import { StoreWriter } from '../../../src/store/store-writer';

/** Recordings of an app that are never opened. */
export function emptyRecordingsParts(): RecordingsParts {
  const never = () => Promise.reject(new Error('this test has no recordings'));
  return { openStore: never, startWorker: never, openMicrophone: never, writer: new StoreWriter(undefined) };
}
