import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { openSound } from '../../../../src/sound/open-sound';
import { OpenedSound } from '../../../../src/tagger/recordings/opened-sound';
import { exampleSpec } from '../../../support/feature-spec';
import { bytesSource } from '../../support/byte-source';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

const file = encodeWav([whiteNoise(40 * 16_000, 1)], 16_000, 's16');

it.each([
  // As the view and the overview ask.
  ['tiles', [0, 1, 1, 3, 2], (sound: OpenedSound, index: number) => sound.tile(1, index)],
  ['pieces that are played', [0, 1, 20, 2], (sound: OpenedSound, from: number) => sound.play(from, 1)],
] as const)('%s that are asked for at once are those that are asked for one by one', async (_, asked, ask) => {
  const opened = async () => new OpenedSound(await openSound(bytesSource(file)), exampleSpec);
  const [first, second] = [await opened(), await opened()];
  const alone: unknown[] = [];
  for (const place of asked) alone.push(await ask(first, place));
  const together = [await ask(second, asked[0]), ...(await Promise.all(asked.slice(1).map((at) => ask(second, at))))];
  // A difference of so many bytes would take minutes to print.
  expect(isDeepStrictEqual(together, alone)).toBe(true);
});
