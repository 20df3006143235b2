import type { StoreWriter } from '../../store/store-writer';
import { whenCalled } from '../../store/when-called';
import { StateHolder, type Watchable } from '../state-holder';
import type { Recordings } from './recordings';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import { emptyRecordingsState, type RecordingsCommands, type RecordingsState } from './recordings-state';

/** The real parts. */
export function recordingsParts(writer: StoreWriter): RecordingsParts {
  return {
    openStore: async () => new (await import('../../store/recordings/recordings-store')).RecordingsStore(writer),
    writer,
    startWorker: async () => (await import('./recordings-worker')).startRecordingsWorker(),
    openMicrophone: async (options) => (await import('../../audio/microphone')).openMicrophone(options),
  };
}

/** Recordings, whose code is fetched when they are first asked for anything: the first paint does not need it. */
export function lateRecordings(parts: RecordingsParts, host: RecordingsHost): RecordingsCommands {
  const holder = new StateHolder(emptyRecordingsState);
  const recordings = whenCalled(async () => {
    const { Recordings } = await import('./recordings');
    return new Recordings(parts, host, holder) as Asked;
  });
  return new Proxy({} as RecordingsCommands, {
    get: (_, name) => {
      if (name in holder) return holder[name as keyof Watchable<RecordingsState>];
      return recordings[name as keyof Asked];
    },
  });
}

/** What can be asked, and is answered later. */
type Asked = Omit<Recordings, 'state' | 'subscribe'>;
