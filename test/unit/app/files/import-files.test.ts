import { describe, expect, it } from 'vitest';
import { type ImportParts, importFiles } from '../../../../src/app/files/import-files';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
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

describe('sounds for which there is no room', () => {
  const files = ['a', 'b', 'c'].map((name) => new File([wav], `${name}.wav`));
  const full = { sampleRateHz: RATE_HZ, add: async () => Promise.reject(new EarmarkError({ code: 'storage-full' })) };

  it('are counted, also those that were not tried any more', async () => {
    const zip = new File([rawZip(['a.wav', 'b.wav'].map((name) => ({ name, data: wav })))], 'set.zip');
    const sounds = files.map((file) => ({ file, folder: undefined }));
    const { clips, problems, notTried } = await importInto(full as never, { sounds, zips: [zip], others: 0 });
    expect(clips).toBe(0);
    expect(problems.map(({ code }) => code)).toEqual(['storage-full', 'storage-full']);
    expect(notTried).toBe(3);
  });
});
