import type { AudioInput } from '../audio/devices';
import type { Problem } from '../shared/contracts/messages/problem';
import type { Settings } from '../shared/contracts/settings';
import type { ModelInfo, Tags } from '../shared/contracts/tagger-api';
import type { ModelLibrary } from './model-library';
import type { RewindCommands } from './rewind/rewind';
import type { Source, Watchable } from './state-holder';
import type { TeachCommands } from './teach/teach-state';

/**
 * What goes on at the moment; what the person wants may be something else.
 *
 * `loading`: the model is on its way. `ready`: the button works. `starting`: waiting for the microphone.
 * `listening`: sound comes in. `waiting`: the microphone is gone; listening goes on when one is there.
 * `failed`: there is no model to listen with; `problem` says why.
 */
export type Phase = 'loading' | 'ready' | 'starting' | 'listening' | 'waiting' | 'failed';

/**
 * What Earmark put right by itself, for a word about it.
 *
 * `worker`: a fresh worker took over. `wasm`: it computes with WASM, because the graphics card failed again and again.
 * `microphone`: it was opened anew. `default-microphone`: the system's default stands in for the chosen one, which is not
 * there. `chosen-microphone`: the chosen one is back. `last-model`: the chosen one is out of reach.
 */
export type Recovery = 'worker' | 'wasm' | 'microphone' | 'default-microphone' | 'chosen-microphone' | 'last-model';

/** All that the page draws, apart from the tags themselves. Replaced whole on every change. */
export interface AppState {
  readonly phase: Phase;
  /** What the person wanted last. `stopped` also where it could not be, and has to be asked for again. */
  readonly wanted: 'listening' | 'stopped';
  readonly settings: Settings;
  /** Microphones; names are empty until the permission was given once. */
  readonly devices: readonly AudioInput[];
  readonly model?: ModelInfo;
  /** What is heard is the demo, not the microphone. */
  readonly demo: boolean;
  /** The last failure, until it is put right or dismissed. */
  readonly problem?: Problem;
  /** The last thing that was put right, until it is dismissed or listening is started or stopped. */
  readonly recovery?: Recovery;
}

/** Whether Earmark listens, or will as soon as it can, without another press: then there is something to stop. */
export function goesOn({ wanted, phase }: AppState): boolean {
  return wanted === 'listening' && phase !== 'failed';
}

/** A result, and how old it is. */
export interface HeardTags {
  readonly tags: Tags;
  /** From the arrival of the window's newest sample in the worker until now, in milliseconds. */
  readonly latencyMs: number;
}

/** What the page can ask for and listen to; `App` is the real one, tests pass their own. */
export interface AppCommands extends Watchable<AppState> {
  /** Every result while listening, several times a second. */
  readonly tags: Source<HeardTags>;
  /** Recording, labelling and training, with a state of its own. */
  readonly teach: TeachCommands;
  readonly models: ModelLibrary;
  /** The last two minutes, with a state of their own. */
  readonly rewind: RewindCommands;
  /** From a press of the button; asks for the microphone. Failures become `state.problem`. */
  startListening(): Promise<void>;
  /** Listens to a sound that Earmark brings along, and plays it. */
  startDemo(): Promise<void>;
  stopListening(): Promise<void>;
  /** Takes new settings at once, also while listening. */
  changeSettings(change: Partial<Settings>): Promise<void>;
  /** Does what helps with `state.problem`. */
  remedy(): Promise<void>;
  dismissProblem(): void;
  dismissRecovery(): void;
}
