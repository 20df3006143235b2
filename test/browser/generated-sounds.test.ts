import { describe, it } from 'vitest';
import { commands } from 'vitest/browser';
import { blobBytes } from '../../src/sound/bytes';
import { openSound } from '../../src/sound/open-sound';
import { expectDecoded } from '../support/expect-decoded';
import { generatedSounds } from '../support/generated-sounds';

async function bytesOf(base64: string): Promise<ArrayBuffer> {
  return (await fetch(`data:application/octet-stream;base64,${base64}`)).arrayBuffer();
}

describe('122 generated files, in the page', () => {
  it.for(generatedSounds.map(({ name }, index) => ({ name, index })))(
    '$name has the length and the samples that ffmpeg decodes',
    async ({ name, index }, context) => {
      const sent = await commands.generatedSound(index);
      if (typeof sent === 'string') return context.skip(`${sent} is not installed`);
      const sound = await openSound(blobBytes(new File([await bytesOf(sent.file)], name)));
      await expectDecoded(sound, new Float32Array(await bytesOf(sent.decoded)));
    },
  );
});
