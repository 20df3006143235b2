import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tensorCount } from '../../../src/model/engine/backends';
import { NetworkModel } from '../../../src/model/engine/loaded-model';
import { readExemplars } from '../../../src/model/folder/exemplars';
import { type ModelFolder, readModelFolder } from '../../../src/model/folder/model-folder';
import { readHeadFile, writeHeadFile } from '../../../src/model/head/head-file';
import { EarmarkError } from '../../../src/shared/contracts/messages/problem';
import type { Head } from '../../../src/shared/contracts/model/head';
import { decodeWav, encodeWav, readWavHeader, toInt16 } from '../../../src/shared/lib/files/wav';
import { ZipArchive } from '../../../src/shared/lib/files/zip-archive';
import { exportDataset, importDataset } from '../../../src/store/dataset/dataset-zip';
import { parseSettings } from '../../../src/store/settings';
import { LiveWindow } from '../../../src/tagger/live/live-window';
import { fuzz } from '../support/fuzz';
import { countRecords, newClip, openLibrary, RATE_HZ, useEmptyBrowser } from '../support/library';
import { shippedFile, shippedFolder } from '../support/model';
import { mutateBytes, mutateJson, oneOf } from '../support/mutate';
import { whiteNoise } from '../support/random';
import { rawZip } from '../support/raw-zip';

useEmptyBrowser();

// Ten thousand inputs on a busy machine.
const PATIENCE_MS = 600_000;

const modelFiles = ['model.json', 'weights.bin', 'labels.json', 'features.json', 'calibration.json', 'golden.bin'];

const shipped = new Map<string, Uint8Array<ArrayBuffer>>();
let folder: ModelFolder;
let head: Head;

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
  for (const file of [...modelFiles, 'exemplars.json', 'exemplars.bin']) {
    shipped.set(file, new Uint8Array(await shippedFile(file)));
  }
  folder = await shippedFolder();
  const labels = [...folder.labels, { id: 'doorbell', name: 'Doorbell', group: 'taught' }];
  head = {
    id: 'h1',
    name: 'Kitchen',
    createdAtMs: 1_700_000_000_000,
    backbone: folder.backbone,
    labels,
    kernel: whiteNoise(256 * labels.length, 1),
    bias: whiteNoise(labels.length, 2),
    calibration: { scale: labels.map(() => 1), offset: labels.map(() => 0) },
    proof: { folds: 0, clips: 1, labels: [], wrongClips: [], shippedAuc: { before: 1, after: 1 }, advice: [] },
  };
});

const mutateFile = (file: string, bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> =>
  file.endsWith('.json') ? mutateJson(bytes, random) : mutateBytes(bytes, random);

/** Files of which one is damaged. */
function oneDamaged<Bytes extends Uint8Array>(files: ReadonlyMap<string, Bytes>, random: () => number) {
  const broken = oneOf(random, [...files.keys()]);
  return [...files].map(([name, data]) => ({ name, data: name === broken ? mutateFile(name, data, random) : data }));
}

async function filesOf(zip: Blob): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const archive = await ZipArchive.open(zip, 'x.zip', { files: 100, totalBytes: 1e8 });
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of archive.paths) files.set(path, await archive.read(path, 1e8));
  return files;
}

describe('malformed files', () => {
  it(
    'of a model are rejected, or make a model of the right shape that frees all its tensors',
    async () => {
      const before = tensorCount();
      const { refused } = await fuzz(0.1, async (random) => {
        const files = new Map(oneDamaged(shipped, random).map(({ name, data }) => [name, data]));
        const read = await readModelFolder(
          'earmark-52',
          async (file) => (files.get(file) as Uint8Array).slice().buffer,
        );
        const model = await NetworkModel.create(read);
        model.dispose();
        // What listening would make of it.
        new LiveWindow(read.spec).push(new Float32Array(read.spec.fftSize));
      });
      expect(refused).toBeGreaterThan(10);
      expect(tensorCount()).toBe(before);
    },
    PATIENCE_MS,
  );

  it(
    'of exemplars are refused, or hold numbers',
    async () => {
      const { refused } = await fuzz(0.05, async (random) => {
        const json = mutateJson(shipped.get('exemplars.json') as Uint8Array, random);
        const bin = shipped.get('exemplars.bin') as Uint8Array<ArrayBuffer>;
        const { embeddings } = await readExemplars(folder.backbone, 256, async (file) =>
          file === 'exemplars.json' ? json.buffer : random() < 0.5 ? bin.buffer : mutateBytes(bin, random).buffer,
        );
        expect(embeddings.every(Number.isFinite)).toBe(true);
      });
      expect(refused).toBeGreaterThan(10);
    },
    PATIENCE_MS,
  );

  it(
    'of a head are refused, or hold a head that fits',
    async () => {
      const zip = await writeHeadFile(folder, head);
      const bytes = new Uint8Array(await zip.arrayBuffer());
      const files = await filesOf(zip);
      const { refused } = await fuzz(0.05, async (random) => {
        const broken = random() < 0.5 ? mutateBytes(bytes, random) : rawZip(oneDamaged(files, random));
        const read = await readHeadFile(folder, new Blob([broken]), 'head.zip');
        expect(read.kernel).toHaveLength(256 * read.labels.length);
        expect(read.bias.every(Number.isFinite)).toBe(true);
        expect(read.calibration.scale).toHaveLength(read.labels.length);
      });
      expect(refused).toBeGreaterThan(10);
    },
    PATIENCE_MS,
  );

  it(
    'of a data set are rejected whole, and leave nothing behind',
    async () => {
      const source = openLibrary();
      await source.add(newClip(1));
      await source.add(newClip(2, { labels: [], name: 'Two, "2"' }));
      const zip = (await exportDataset(source, () => {})).zip;
      const bytes = new Uint8Array(await zip.arrayBuffer());
      const files = await filesOf(zip);
      const { clips } = await source.remove((await source.list()).map(({ id }) => id)).then(async (removed) => {
        await removed.discard();
        return removed;
      });
      expect(clips).toHaveLength(2);
      const empty = await countRecords();
      const { refused, taken } = await fuzz(0.1, async (random) => {
        const broken = random() < 0.5 ? mutateBytes(bytes, random) : rawZip(oneDamaged(files, random));
        const decode = async (file: File): Promise<Int16Array<ArrayBuffer>> => {
          const wav = decodeWav(await file.arrayBuffer());
          if (!wav?.samples.length)
            throw new EarmarkError({ code: 'file-unreadable', file: file.name, fault: 'silent' });
          return wav.samples;
        };
        try {
          await importDataset(source, new File([broken], 'set.zip'), {
            sampleRateHz: RATE_HZ,
            decode,
            onProgress: () => {},
            findLabel: () => undefined,
          });
        } catch (error) {
          const left = await countRecords();
          expect({ ...left, labels: 0 }).toEqual({ ...empty, labels: 0 });
          throw error;
        }
        const added = await source.list();
        await (await source.remove(added.map(({ id }) => id))).discard();
      });
      expect(refused).toBeGreaterThan(10);
      expect(taken).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'of zip archives are refused, or unpack to what they claim',
    async () => {
      const zip = rawZip([
        { name: 'a.txt', data: 'text '.repeat(50), deflate: true },
        { name: 'folder/b.bin', data: Buffer.from(whiteNoise(200, 3).buffer) },
        { name: 'ü.json', data: '{}' },
      ]);
      const { refused } = await fuzz(0.25, async (random) => {
        const limits = { files: 10, totalBytes: 1e6 };
        const archive = await ZipArchive.open(new Blob([mutateBytes(zip, random)]), 'x.zip', limits);
        for (const path of archive.paths) {
          expect(await archive.read(path, 1e5)).toHaveLength(archive.sizeOf(path));
        }
      });
      expect(refused).toBeGreaterThan(10);
    },
    PATIENCE_MS,
  );

  it(
    'of WAV sounds are accepted only if their header is consistent',
    async () => {
      const wav = new Uint8Array(encodeWav(toInt16(whiteNoise(300, 4)), RATE_HZ));
      let taken = 0;
      await fuzz(0.2, (random) => {
        const { buffer } = mutateBytes(wav, random);
        const header = readWavHeader(buffer, buffer.byteLength);
        if (header?.durationSeconds !== undefined) expect(header.durationSeconds).toBeGreaterThanOrEqual(0);
        const decoded = decodeWav(buffer);
        if (!decoded) return;
        taken++;
        expect(decoded.samples.length * 2).toBeLessThanOrEqual(buffer.byteLength - 44);
      });
      expect(taken).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'of settings become usable settings',
    async () => {
      const text = new TextEncoder().encode(JSON.stringify(parseSettings(null)));
      await fuzz(0.05, (random) => {
        const settings = parseSettings(new TextDecoder().decode(mutateJson(text, random)));
        expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
      });
    },
    PATIENCE_MS,
  );
});
