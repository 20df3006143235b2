import { EarmarkError } from './messages/problem';

/** What the library knows of a snippet that a person kept; its samples are stored apart. */
export interface ClipInfo {
  /** Random and unique. */
  readonly id: string;
  /** As a person or a file named it; empty: the page names it by `keptAtMs`, in its language. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly keptAtMs: number;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  /** Ids of the labels that sound in it; none with `reviewed` means “none of these”. */
  readonly labels: readonly string[];
  /** Whether a person has said what sounds in it. Clips that nobody has labelled train nothing. */
  readonly reviewed: boolean;
  /** SHA-256 of the 16-bit samples, in hex: the same sound is not imported twice. */
  readonly hash: string;
}

/** A sound that a person has named, or one that a model knows. */
export interface TaughtLabel {
  /** {@link labelId} of the name. */
  readonly id: string;
  readonly name: string;
}

/** Longest file that is imported. Longer ones are no snippets, and fill the memory when they are decoded. */
export const LONGEST_FILE_SECONDS = 600;

/** Labels of a data set or a head at most: more are a mistake, and would be trained for hours. */
export const MOST_LABELS = 2000;

/** Longest name that a label may have, in characters. */
export const LONGEST_LABEL_NAME = 60;

/**
 * The id of a label with this name, in the form that shipped labels have: “Crying  Baby ” is `crying_baby`.
 *
 * Names that differ in case, spaces or Unicode form alone have the same id. Letters and digits of any script stay.
 *
 * @throws EarmarkError label-without-letters, or label-too-long beyond {@link LONGEST_LABEL_NAME}.
 */
export function labelId(name: string): string {
  const characters = [...name.trim()].length;
  if (characters > LONGEST_LABEL_NAME) {
    throw new EarmarkError({ code: 'label-too-long', characters, most: LONGEST_LABEL_NAME });
  }
  const id = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  if (!/[\p{L}\p{N}]/u.test(id)) throw new EarmarkError({ code: 'label-without-letters' });
  return id;
}
