import { MonoReader, readWholeMono } from '../../src/sound/mono';
import { openSoundFile } from '../../src/sound/node';
import type { ClipReader } from '../evaluation/evaluate-command';
import { whyNotTagged } from './tag/reasons';

/** Reads clips as `earmark tag` reads recordings. */
export const clipReader: ClipReader = {
  async read(path, sampleRateHz) {
    try {
      const { sound, close } = await openSoundFile(path);
      return await readWholeMono(new MonoReader(sound, sampleRateHz)).finally(close);
    } catch (cause) {
      throw new Error(`${path} ${whyNotTagged(cause)}`, { cause });
    }
  },
  close: () => undefined,
};
