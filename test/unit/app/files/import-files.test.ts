import { describe, expect, it } from 'vitest';
import { type ImportParts, importFiles } from '../../../../src/app/files/import-files';
import { encodeWav, toInt16 } from '../../../../src/shared/lib/files/wav';
import { openLibrary, RATE_HZ, useEmptyBrowser } from '../../support/library';
import { whiteNoise } from '../../support/random';
import { rawZip } from '../../support/raw-zip';

useEmptyBrowser();

const wav = new Uint8Array(encodeWav(toInt16(whiteNoise(100, 1)), RATE_HZ));
const folders = Array.from({ length: 2001 }, (_, i) => `sound ${i}`);

function importInto(library: ReturnType<typeof openLibrary>, files: Parameters<typeof importFiles>[0]) {
  const parts = { library, sampleRateHz: RATE_HZ, onProgress: () => undefined };
  return importFiles(files, parts as unknown as ImportParts);
}

describe('sounds in more folders than there may be labels', () => {
  it('are refused as a whole when they are dropped', async () => {
    const library = openLibrary();
    const sounds = folders.map((folder) => ({ file: new File([wav], 'a.wav'), folder }));
    const { clips, problems } = await importInto(library, { sounds, zips: [], others: 0 });
    expect(problems).toEqual([{ code: 'too-many-folders', folders: 2001, most: 2000 }]);
    expect(clips).toBe(0);
    expect(await library.labels()).toEqual([]);
  });

  it('are refused as a whole in a zip', async () => {
    const library = openLibrary();
    const zip = new File([rawZip(folders.map((folder) => ({ name: `${folder}/a.wav`, data: wav })))], 'set.zip');
    const { clips, problems } = await importInto(library, { sounds: [], zips: [zip], others: 0 });
    expect(problems).toEqual([{ code: 'too-many-folders', folders: 2001, most: 2000 }]);
    expect(clips).toBe(0);
    expect(await library.labels()).toEqual([]);
  });
});
