import { expect, it } from 'vitest';
import { openSound } from '../../../src/sound/open-sound';
import { oddSounds } from '../../support/odd-sounds';
import { bytesSource } from '../support/byte-source';
import { amplitudeAt } from '../support/tone';

it.each(oddSounds)('a second of a tone is read from a file with an odd header: $name', async ({ bytes }) => {
  const sound = await openSound(bytesSource(bytes));
  // Own code, which is the same in the page.
  expect(sound).toMatchObject({ decoder: 'Earmark', channels: 1, sampleRateHz: 16_000 });
  const samples: number[] = [];
  for await (const [channel] of sound.readPieces()) samples.push(...(channel as Float32Array));
  expect(Math.abs(samples.length - 16_000)).toBeLessThanOrEqual(5);
  expect(amplitudeAt(Float32Array.from(samples), 440, 16_000)).toBeCloseTo(0.5, 2);
});
