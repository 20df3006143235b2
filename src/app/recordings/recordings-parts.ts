import type { Microphone, MicrophoneOptions } from '../../audio/microphone';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { TaggingChoice } from '../../shared/contracts/recordings/recordings-api';
import type { CapturedSound } from '../../shared/contracts/tagger-api';
import type { RecordingsStore } from '../../store/recordings/recordings-store';
import type { StoreWriter } from '../../store/store-writer';
import type { startRecordingsWorker } from './recordings-worker';

/** The parts of recordings; tests pass their own. */
export interface RecordingsParts {
  openStore(): Promise<RecordingsStore>;
  readonly writer: Pick<StoreWriter, 'mayWrite' | 'require' | 'addEventListener'>;
  readonly startWorker: typeof startRecordingsWorker;
  openMicrophone(options: MicrophoneOptions): Promise<Microphone>;
}

/** What recordings need of the rest of the app. */
export interface RecordingsHost {
  /** What decides events now: the page's model, head and rules. Waits until a model is loaded. */
  choice(): Promise<TaggingChoice>;
  /** The front end of the page's model. Waits until it is loaded. */
  spec(): Promise<FeatureSpec>;
  readonly microphone: Pick<MicrophoneOptions, 'deviceId' | 'voiceProcessing'>;
  /** Keeps a sound as a clip, and opens it in Teach. */
  keepSound(sound: CapturedSound): Promise<void>;
}
