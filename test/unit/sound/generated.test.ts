import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSoundFile } from '../../../src/sound/node';
import { expectDecoded } from '../../support/expect-decoded';
import { generatedSounds } from '../../support/generated-sounds';
import { isInstalled, makeGeneratedSound } from '../../support/make-generated-sound';

const [ffmpeg, sox] = await Promise.all([isInstalled('ffmpeg'), isInstalled('sox')]);

describe('122 generated files', () => {
  beforeEach((context) => {
    context.skip(!ffmpeg, 'ffmpeg is not installed');
    context.skip(!sox, 'sox is not installed');
  });

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earmark-generated-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are as many', () => {
    expect(generatedSounds).toHaveLength(122);
  });

  it.each(generatedSounds)('$name has the length and the samples that ffmpeg decodes', async (generated) => {
    const { path, decoded } = await makeGeneratedSound(generated, folder);
    const { sound, close } = await openSoundFile(path);
    await expectDecoded(sound, new Float32Array(new Uint8Array(decoded).buffer));
    await close();
  });
});
