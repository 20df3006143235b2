import { EarmarkError } from './messages/problem';

/** What the library knows about a snippet that a person kept. Its samples are stored separately. */
export interface ClipInfo {
  /** Random and unique. */
  readonly id: string;
  /** As named by a person or a file. If empty, the page names it by `keptAtMs`, in its language. */
  readonly name: string;
  /** The name of the file that it was imported from, with its extension. Clips that Earmark kept itself have none. */
  readonly fileName?: string;
  /** Milliseconds since the epoch. */
  readonly keptAtMs: number;
  /** Kept while Earmark was listening, so `keptAtMs` is when it sounded. For imported files that is unknown. */
  readonly heardLive?: true;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  /** Ids of the labels that sound in it. None, with `reviewed`, means “none of these”. */
  readonly labels: readonly string[];
  /** Whether a person has said what sounds in it. Unreviewed clips are not used for training. */
  readonly reviewed: boolean;
  /** SHA-256 of the 16-bit samples, in hex. It keeps the same sound from being imported twice. */
  readonly hash: string;
}

/** A sound named by a person, or one that a model knows. */
export interface TaughtLabel {
  /** {@link labelId} of the name. */
  readonly id: string;
  readonly name: string;
}

/** Longest file that is imported. Longer ones are not snippets, and would fill the memory when decoded. */
export const LONGEST_FILE_SECONDS = 600;

/** Maximum number of labels in a data set or a head. More are a mistake, and would train for hours. */
export const MOST_LABELS = 2000;

/** Maximum length of a label's name, in characters. */
export const LONGEST_LABEL_NAME = 60;

/**
 * The id of a label with this name, in the form of the shipped ids: “Crying Baby ” is `crying_baby`.
 *
 * Names that differ only in case, spaces or Unicode form share an id. Letters and digits of any script are kept.
 *
 * @throws EarmarkError label-without-letters, or label-too-long beyond {@link LONGEST_LABEL_NAME}.
 */
export function labelId(name: string): string {
  const characters = [...name.trim()].length;
  if (characters > LONGEST_LABEL_NAME) {
    throw new EarmarkError({ code: 'label-too-long', characters, most: LONGEST_LABEL_NAME });
  }
  const id = idForm(name);
  if (!/[\p{L}\p{N}]/u.test(id)) throw new EarmarkError({ code: 'label-without-letters' });
  return id;
}

/** A text in the form of ids, whether it can be the name of a label or not. */
export function idForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
