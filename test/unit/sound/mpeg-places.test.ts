import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ByteSource } from '../../../src/sound/bytes';
import { openSound } from '../../../src/sound/open-sound';
import type { SoundFile, SoundPiece } from '../../../src/sound/sound-file';
import { bytesSource } from '../support/byte-source';

/** The demo's sounds, four minutes of them. */
const once = readFileSync('public/demo/sounds.mp3');
const bytes = new Uint8Array(Buffer.concat(Array.from({ length: 4 }, () => once)));

/** A source that counts what is read of it. */
function counted(source: ByteSource): ByteSource & { readBytes: number } {
  return {
    ...source,
    readBytes: 0,
    async read(start, end) {
      const read = await source.read(start, end);
      this.readBytes += read.length;
      return read;
    },
  };
}

async function firstSamples(sound: SoundFile, seconds: number): Promise<Float32Array> {
  const pieces = sound.readPieces(seconds);
  const { value } = await pieces.next();
  await pieces.return(undefined);
  const [channel] = value as SoundPiece;
  return (channel as Float32Array).slice(0, 1000);
}

it('a jump in an MP3 file that was read once reads little, and gives the same samples', async () => {
  const read = await openSound(bytesSource(bytes));
  let frames = 0;
  for await (const [channel] of read.readPieces()) frames += channel?.length ?? 0;
  const seconds = 0.9 * (frames / read.sampleRateHz);
  const scanned = await firstSamples(await openSound(bytesSource(bytes)), seconds);

  const source = counted(bytesSource(bytes));
  const again = await openSound(source, read.places);
  source.readBytes = 0;
  expect(await firstSamples(again, seconds)).toEqual(scanned);
  expect(scanned.some((sample) => sample !== 0)).toBe(true);
  expect(source.readBytes).toBeLessThan(0.2 * bytes.length);
});

it('places of another file are not used', async () => {
  const wrong = await openSound(bytesSource(bytes), [77, 100_000, 200_000]);
  expect(await firstSamples(wrong, 40)).toEqual(await firstSamples(await openSound(bytesSource(bytes)), 40));
});
