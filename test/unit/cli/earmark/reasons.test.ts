import { expect, it, vi } from 'vitest';
import { reportEnd } from '../../../../cli/command';
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

it.each([
  ['EACCES', 'open', '/archive/plan.lock cannot be used: its permissions forbid it.'],
  ['EEXIST', 'mkdir', '/archive/plan.lock cannot be used: a file is at its place.'],
  ['ENOENT', 'open', 'There is no file or folder /archive/plan.lock.'],
])('%s ends a command with a sentence', (code, syscall, sentence) => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const status = reportEnd(
    Object.assign(ofSystem(code, syscall), { path: '/archive/plan.lock' }),
    'earmark: ',
    'usage',
  );
  const [said] = error.mock.calls.map(([text]) => text);
  error.mockRestore();
  expect(said).toBe(`earmark: ${sentence}`);
  expect(status).toBe(1);
});
