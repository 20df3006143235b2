import type { ClipInfo, TaughtLabel } from '../clip';

/** What a clip is called: see `ClipInfo.name`. */
export type NamedClip = Pick<ClipInfo, 'name' | 'keptAtMs'>;

/** How many files' sound could not be taken as it is. */
export interface Adjusted {
  /** One channel was used, because the channels cancel or the others are silent. */
  readonly oneChannel: number;
  /** It was made quieter, because it went beyond full scale. */
  readonly quieter: number;
}

/** The outcome of the person's last action. */
export type Notice =
  | { readonly code: 'training-stopped' }
  | { readonly code: 'head-trained'; readonly head: string }
  | { readonly code: 'head-exported'; readonly head: string; readonly file: string }
  /** The chosen head belongs to another model, so the model's own head replaces it for now. */
  | { readonly code: 'head-waits'; readonly head: string }
  | { readonly code: 'clips-exported'; readonly clips: number; readonly leftOut: number; readonly file: string }
  | {
      readonly code: 'backup-saved';
      readonly file: string;
      readonly clips: number;
      readonly heads: number;
      /** Events of the diary. */
      readonly events: number;
      readonly recordings: number;
      /** Number of damaged clips, labels and heads. */
      readonly leftOut: number;
    }
  | {
      readonly code: 'imported';
      readonly clips: number;
      /** Names of the new ones. */
      readonly heads: readonly string[];
      /** Number of new events in the diary; omitted if there are none. */
      readonly events?: number;
      /** Number of new recordings; omitted if there are none. */
      readonly recordings?: number;
      readonly alreadyThere: number;
      readonly leftOut: number;
      /** Other files among them that are neither sounds nor zip files. */
      readonly others: number;
      /** Left out if nothing had to be done. */
      readonly adjusted?: Adjusted;
    }
  | { readonly code: 'recording-lost' }
  /** A step was undone, except for clips that were changed again after it. */
  | { readonly code: 'undone-in-part'; readonly changedSince: number };

/** A change that can be undone. */
export type UndoOffer =
  | { readonly code: 'head-deleted'; readonly head: string }
  | { readonly code: 'clip-deleted'; readonly clip: NamedClip }
  | { readonly code: 'clips-deleted'; readonly clips: number }
  /** Its name or its labels. */
  | { readonly code: 'clip-changed'; readonly clip: NamedClip }
  | { readonly code: 'clip-trimmed'; readonly clip: NamedClip }
  | { readonly code: 'label-renamed'; readonly before: TaughtLabel; readonly now: TaughtLabel }
  | { readonly code: 'labels-merged'; readonly before: TaughtLabel; readonly now: TaughtLabel }
  | { readonly code: 'labels-changed'; readonly clips: number }
  | { readonly code: 'labels-accepted'; readonly clips: number };
