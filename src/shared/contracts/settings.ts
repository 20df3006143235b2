import type { BackendChoice } from './backend';
import type { LabelGroup } from './label';
import type { Language } from './language';

/** Colours of the page. Empty: as the device. */
export type Theme = '' | 'light' | 'dark';

/** What the person wants to see of the labels. */
export interface LabelFilter {
  /** Part of a name; empty: any. */
  readonly text: string;
  /** Undefined: all groups. `taught`: those that the person has taught. */
  readonly group: LabelGroup | 'taught' | undefined;
}

/** What the person set; kept over reloads. */
export interface Settings {
  /** Empty: the system's default microphone. */
  readonly deviceId: string;
  /** Echo cancellation, noise suppression and gain control: off, because they remove what a tagger listens for. */
  readonly voiceProcessing: boolean;
  /** Whether the screen stays on while it listens. */
  readonly keepAwake: boolean;
  readonly backend: BackendChoice;
  /** 1 to 20. */
  readonly tagsPerSecond: number;
  /** Level in dB of full scale below which the network rests, −100 to −30; null: it never rests. */
  readonly noiseFloorDb: number | null;
  /** How far back a sound is kept after it happened, 2 to 10 seconds. */
  readonly keepSeconds: number;
  /** Id of the head that tags; `shipped` is the model's own. */
  readonly head: string;
  /** Id of a second one that is shown beside it; empty: none. */
  readonly comparedHead: string;
  /** Empty: as the browser. */
  readonly language: Language | '';
  readonly theme: Theme;
  /** Whether keys do something by themselves, without another one held down. */
  readonly shortcuts: boolean;
  readonly filter: LabelFilter;
  /** Folder of the model that listens: `earmark-52`. */
  readonly model: string;
}
