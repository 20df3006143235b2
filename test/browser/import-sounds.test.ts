import { afterEach, expect, it } from 'vitest';
import { importSounds } from '../../src/app/files/import-sounds';
import { encodeWav, toInt16 } from '../../src/shared/lib/files/wav';
import { ClipLibrary } from '../../src/store/clips/clip-library';
import { Database } from '../../src/store/database';
import { whiteNoise } from '../unit/support/random';

const RATE_HZ = 32_000;
const name = `earmark-test-${crypto.randomUUID()}`;
const database = new Database(name);

afterEach(async () => {
  await database.close();
  indexedDB.deleteDatabase(name);
});

it('imports usable files, reports the others, and suggests folder names as labels', async () => {
  const library = new ClipLibrary(database, async () => true);
  const wav = (seed: number) => encodeWav(toInt16(whiteNoise(1000, seed)), RATE_HZ);
  const progress: number[] = [];
  const result = await importSounds(
    library,
    [
      { file: new File([wav(1)], 'ring.wav'), folder: 'Door_Bell', path: 'ring.wav' },
      { file: new File(['text'], 'notes.mp3'), folder: 'Door_Bell', path: 'notes.mp3' },
      { file: new File([wav(1)], 'copy.wav'), folder: undefined, path: 'copy.wav' },
      { file: new File([wav(2)], 'hum.wav'), folder: '!!!', path: 'hum.wav' },
    ],
    {
      sampleRateHz: RATE_HZ,
      findLabel: () => undefined,
      onProgress: (done, total) => progress.push(done / total),
      tell: () => undefined,
    },
  );
  expect(result.added).toMatchObject([
    { name: 'ring', fileName: 'ring.wav', labels: ['door_bell'], reviewed: false },
    { name: 'hum', fileName: 'hum.wav', labels: [], reviewed: false },
  ]);
  expect(result.alreadyThere).toBe(1);
  expect(result.problems).toEqual([{ code: 'file-unreadable', file: 'notes.mp3', fault: 'undecodable' }]);
  expect(await library.labels()).toEqual([{ id: 'door_bell', name: 'Door Bell' }]);
  expect(progress).toEqual([0.25, 0.5, 0.75, 1]);
});
