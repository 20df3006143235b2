import type { UnreadableFault } from '../../../src/shared/contracts/messages/problem';
import { SoundError } from '../../../src/sound/sound-error';
import { reasonOf } from '../../system-reason';

const faults: Readonly<Record<UnreadableFault, string>> = {
  empty: 'is empty',
  silent: 'holds no sound',
  undecodable: 'is damaged, or no sound that can be decoded',
  'out-of-reach': 'cannot be read',
  'not-sound': 'is no sound file',
  archive: 'is an archive: unpack it, then tag the folder',
  stalled: 'does not answer',
  'cut-off': 'is cut off: the part that says what is in it is missing',
  'no-sound-track': 'is a video without sound',
  protected: 'is copy-protected (DRM)',
  'unknown-codec': 'is in a format that cannot be decoded here',
  'rate-out-of-range': 'has a sample rate that is not from 2 to 500 kHz',
};

/** Why a file was not tagged, as the second half of a sentence about it. */
export function whyNotTagged(error: unknown): string {
  if (error instanceof SoundError) {
    const { fault, detail } = error;
    const cause = error.cause as NodeJS.ErrnoException | undefined;
    const about = cause?.code === undefined ? detail : reasonOf(cause);
    return about === '' ? faults[fault] : `${faults[fault]} (${about})`;
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined) {
    return `${syscall === 'read' ? 'cannot be read' : 'its result cannot be written'} (${reasonOf(error as NodeJS.ErrnoException)})`;
  }
  return String(error instanceof Error ? error.message : error);
}
