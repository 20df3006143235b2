import { expect, it } from 'vitest';
import { whyNotTagged } from '../../../../cli/earmark/tag/reasons';
import { SoundError } from '../../../../src/sound/sound-error';

const ofSystem = (code: string, syscall: string): Error => Object.assign(new Error(`${code}: …`), { code, syscall });

it.each([
  [new SoundError('empty'), 'is empty'],
  [new SoundError('unknown-codec', 'WMA'), 'is in a format that cannot be decoded here (WMA)'],
  // Removed after it was found.
  [
    new SoundError('out-of-reach', 'ENOENT', { cause: ofSystem('ENOENT', 'open') }),
    'cannot be read (there is no such file)',
  ],
  [
    new SoundError('out-of-reach', 'EIO', { cause: ofSystem('EIO', 'read') }),
    'cannot be read (the disk or the network failed)',
  ],
  [ofSystem('ENOSPC', 'write'), 'its result cannot be written (the disk is full)'],
  [ofSystem('EROFS', 'open'), 'its result cannot be written (the disk is read-only)'],
  [new Error('the model failed'), 'the model failed'],
])('%s', (error, reason) => {
  expect(whyNotTagged(error)).toBe(reason);
});
