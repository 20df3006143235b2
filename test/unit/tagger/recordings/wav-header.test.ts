import { expect, it } from 'vitest';
import { openSound } from '../../../../src/sound/open-sound';
import { wavHeader } from '../../../../src/tagger/recordings/wav-header';

/** A file that begins with a header, and is otherwise zeros. */
function fileOf(header: Uint8Array<ArrayBuffer>, size: number) {
  return {
    size,
    read: async (start: number, end: number) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      bytes.set(header.subarray(Math.min(start, header.length), Math.min(end, header.length)));
      return bytes;
    },
  };
}

it('writes a header that says how long the sound is, beyond four gigabytes as well', async () => {
  const short = await openSound(fileOf(wavHeader(96_000, 48_000), 80 + 96_000));
  expect([short.container, short.channels, short.sampleRateHz, short.claimedSeconds]).toEqual(['WAV', 1, 48_000, 1]);
  // Twenty hours at 48 kHz.
  const dataBytes = 20 * 3600 * 96_000;
  const long = await openSound(fileOf(wavHeader(dataBytes, 48_000), 80 + dataBytes));
  expect([long.container, long.claimedSeconds]).toEqual(['RF64', 72_000]);
});

it('can be read after a crash, when the file has grown beyond its header', async () => {
  const left = await openSound(fileOf(wavHeader(96_000, 48_000), 80 + 120_000));
  expect(left.claimedSeconds).toBeGreaterThanOrEqual(1);
});
