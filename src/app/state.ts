import type { AudioInput } from '../audio/devices';
import type { Problem } from '../shared/contracts/messages/problem';
import type { Settings } from '../shared/contracts/settings';
import type { ModelInfo, Tags } from '../shared/contracts/tagger-api';
import type { AlertCommands } from './diary/alerts/alert';
import type { DiaryCommands } from './diary/diary-state';
import type { ModelLibrary } from './model-library';
import type { RecordingsCommands } from './recordings/recordings-state';
import type { RewindCommands } from './rewind/rewind';
import type { Source, Watchable } from './state-holder';
import type { TeachCommands } from './teach/teach-state';

/**
 * What is going on at the moment. The person may want something else.
 *
 * `loading`: the model is loading. `ready`: the button works. `starting`: waiting for the microphone. `listening`:
 * sound is arriving. `waiting`: the microphone is gone; listening resumes once there is one. `failed`: there is no
 * model to listen with; `problem` says why.
 */
export type Phase = 'loading' | 'ready' | 'starting' | 'listening' | 'waiting' | 'failed';

/**
 * What Earmark repaired by itself, to be mentioned briefly.
 *
 * `worker`: a fresh worker took over. `wasm`: it computes with WASM, because the graphics card failed repeatedly.
 * `microphone`: it was reopened. `default-microphone`: the chosen one is missing, so the system's default replaces it.
 * `chosen-microphone`: the chosen one is back. `last-model`: the chosen one cannot be reached.
 */
export type Recovery = 'worker' | 'wasm' | 'microphone' | 'default-microphone' | 'chosen-microphone' | 'last-model';

/** Everything the page draws, apart from the tags themselves. Replaced as a whole on every change. */
export interface AppState {
  readonly phase: Phase;
  /** What the person wanted last. Also `stopped` if listening was impossible and has to be requested again. */
  readonly wanted: 'listening' | 'stopped';
  readonly settings: Settings;
  /** Microphones. Names are empty until permission was first granted. */
  readonly devices: readonly AudioInput[];
  readonly model?: ModelInfo;
  /** The source is the demo, not the microphone. */
  readonly demo: boolean;
  /** The last failure, until it is repaired or dismissed. */
  readonly problem?: Problem;
  /** The last repair, until it is dismissed or listening is started or stopped. */
  readonly recovery?: Recovery;
}

/** Whether Earmark is listening, or will without another press as soon as it can: then there is something to stop. */
export function goesOn({ wanted, phase }: AppState): boolean {
  return wanted === 'listening' && phase !== 'failed';
}

/** A result and its age. */
export interface HeardTags {
  readonly tags: Tags;
  /** From the arrival of the window's newest sample in the worker until now, in milliseconds. */
  readonly latencyMs: number;
}

/** The page's commands and subscriptions. `App` implements them; tests pass their own. */
export interface AppCommands extends Watchable<AppState> {
  /** Every result while listening, several times a second. */
  readonly tags: Source<HeardTags>;
  /** Recording, labelling and training, with their own state. */
  readonly teach: TeachCommands;
  readonly models: ModelLibrary;
  /** The last two minutes, with their own state. */
  readonly rewind: RewindCommands;
  /** What happened, with its own state. */
  readonly diary: DiaryCommands;
  /** What a person asked to be told of. */
  readonly alerts: AlertCommands;
  /** Recordings of hours, with their own state. */
  readonly recordings: RecordingsCommands;
  /** To be called from a button press; asks for the microphone. Failures become `state.problem`. */
  startListening(): Promise<void>;
  /** Plays a sound that ships with Earmark, and listens to it. */
  startDemo(): Promise<void>;
  stopListening(): Promise<void>;
  /** Applies new settings at once, even while listening. */
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** Runs the remedy for `state.problem`. */
  remedy(): Promise<void>;
  dismissProblem(): void;
  dismissRecovery(): void;
}
