import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AudioFileReader } from '../../../cli/audio/audio-file-reader';
import { readAudioFile } from '../../../cli/audio/audio-files';
import { largestDifference } from '../support/arrays';
import { whiteNoise } from '../support/random';
import { encodeWav, sine, type WavFormat } from '../support/wav';

/** Real recordings: `bd_haus` is there as FLAC and as AIFF. */
const samplesFolder = join(import.meta.dirname, '../../sounds');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-audio-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Amplitude of a sine of the given frequency in the middle half of the samples. */
function amplitudeAt(hz: number, samples: Float32Array, sampleRateHz: number): number {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  let real = 0;
  let imaginary = 0;
  for (const [i, sample] of middle.entries()) {
    real += sample * Math.cos((2 * Math.PI * hz * i) / sampleRateHz);
    imaginary += sample * Math.sin((2 * Math.PI * hz * i) / sampleRateHz);
  }
  return (2 * Math.hypot(real, imaginary)) / middle.length;
}

const formats: [WavFormat, number][] = [
  ['u8', 1.5 / 127],
  ['s16', 1.5 / 32_767],
  ['s24', 1e-6],
  ['s32', 1e-7],
  ['f32', 1e-7],
];

describe('WAV files', () => {
  const noise = whiteNoise(5000, 41);

  test.each(formats)('of %s samples are read to %d', async (format, tolerance) => {
    const path = await file(`${format}.wav`, encodeWav([noise], 32_000, format));
    expect(largestDifference(await readAudioFile(path, 32_000), noise)).toBeLessThan(tolerance);
  });

  test('of several channels are mixed down to their mean', async () => {
    const other = whiteNoise(5000, 42);
    const path = await file('stereo.wav', encodeWav([noise, other], 32_000, 'f32'));
    const mean = noise.map((sample, i) => (sample + (other[i] as number)) / 2);
    expect(largestDifference(await readAudioFile(path, 32_000), mean)).toBeLessThan(1e-6);
  });

  test('with samples that are not finite have 0 there', async () => {
    const broken = noise.slice();
    broken[10] = Number.NaN;
    broken[20] = Number.POSITIVE_INFINITY;
    const path = await file('broken.wav', encodeWav([broken], 44_100, 'f32'));
    const samples = await readAudioFile(path, 32_000);
    expect(samples.every(Number.isFinite)).toBe(true);
    expect(Math.max(...samples.map(Math.abs))).toBeLessThan(3);
  });

  test('that end early are read as far as they go', async () => {
    const whole = encodeWav([noise], 32_000, 's16');
    const path = await file('short.wav', whole.subarray(0, 44 + 2 * 3000));
    expect((await readAudioFile(path, 32_000)).length).toBe(3000);
  });
});

describe('resampling', () => {
  test.each([8000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000])(
    'from %d Hz keeps a tone’s pitch, level and length',
    async (rateHz) => {
      const path = await file('tone.wav', encodeWav([sine(1000, 0.5, 2 * rateHz, rateHz)], rateHz, 'f32'));
      const samples = await readAudioFile(path, 32_000);
      expect(samples.length).toBe(64_000);
      expect(amplitudeAt(1000, samples, 32_000)).toBeCloseTo(0.5, 3);
      expect(amplitudeAt(1500, samples, 32_000)).toBeLessThan(1e-3);
    },
  );

  test('removes frequencies above half the new rate', async () => {
    const path = await file('high.wav', encodeWav([sine(20_000, 0.5, 48_000, 48_000)], 48_000, 'f32'));
    expect(amplitudeAt(12_000, await readAudioFile(path, 32_000), 32_000)).toBeLessThan(1e-3);
  });

  test('keeps a click at its time, at the start, across blocks and at the end', async () => {
    const clicks = new Float32Array(48_000);
    const atSamples = [480, 16_383, 16_384, 32_768, 47_520];
    for (const at of atSamples) clicks[at] = 1;
    const path = await file('clicks.wav', encodeWav([clicks], 48_000, 'f32'));
    const samples = await readAudioFile(path, 32_000);
    for (const at of atSamples) {
      const expected = (at * 2) / 3;
      const near = samples.subarray(Math.round(expected) - 8, Math.round(expected) + 9);
      const peak = Math.round(expected) - 8 + near.indexOf(Math.max(...near));
      expect(Math.abs(peak - expected)).toBeLessThanOrEqual(1);
    }
  });
});

test('a WAV file that claims blocks of no bytes is read all the same', async () => {
  expect(await readAudioFile(await file('no-blocks.wav', wavClaiming(1, 44_100, 0)), 44_100)).toHaveLength(5000);
});

describe('compressed and foreign containers', () => {
  test('FLAC and AIFF of one recording hold the same sound', async () => {
    const flac = await readAudioFile(join(samplesFolder, 'bd_haus.flac'), 44_100);
    const aiff = await readAudioFile(join(samplesFolder, 'bd_haus.aiff'), 44_100);
    expect(flac.length).toBeGreaterThan(5000);
    expect(Math.max(...flac)).toBeGreaterThan(0.1);
    expect(largestDifference(flac, aiff)).toBeLessThan(1e-4);
  });
});

/** A WAV header that claims what it likes. */
function wavClaiming(channels: number, rateHz: number, blockBytes: number): Buffer {
  const bytes = encodeWav([new Float32Array(5000)], 44_100, 's16');
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rateHz, 24);
  bytes.writeUInt16LE(blockBytes, 32);
  return bytes;
}

/** An MP4 file whose list of samples claims four thousand million of them, which fills the decoder’s memory until it dies. */
function deadlyMp4(): Buffer {
  const box = (type: string, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + body.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const words = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(4 * values.length);
    for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
    return bytes;
  };
  const audioEntry = box('mp4a', words(0, 1, 0, 0, 0x0001_0010, 0, 44_100 * 65_536));
  const table = box(
    'stbl',
    box('stsd', words(0, 1), audioEntry),
    box('stsz', words(0, 1, 0xffff_fff0)),
    box('stsc', words(0, 1, 1, 1, 1)),
    box('stco', words(0, 1, 0)),
  );
  const handler = box('hdlr', words(0, 0), Buffer.from('soun'), words(0, 0, 0));
  return Buffer.concat([
    box('ftyp', Buffer.from('M4A '), words(0)),
    box('moov', box('trak', box('mdia', handler, box('minf', table)))),
  ]);
}

const damaged: [string, () => Promise<Uint8Array>, RegExp][] = [
  ['empty.wav', async () => new Uint8Array(0), /is empty$/],
  [
    'text.mp3',
    async () => Buffer.from('This is no sound at all.\n'),
    /cannot be decoded: unknown audio format, or damaged$/,
  ],
  ['zeros.ogg', async () => new Uint8Array(4096), /cannot be decoded: /],
  ['header.wav', async () => encodeWav([[]], 44_100, 's16'), /holds no sound that can be decoded$/],
  ['half-header.wav', async () => encodeWav([[]], 44_100, 's16').subarray(0, 20), /damaged \(a format of 0 bytes\)$/],
  ['channels.wav', async () => wavClaiming(65_535, 44_100, 2), /damaged \(65535 channels\)$/],
  ['no-channels.wav', async () => wavClaiming(0, 44_100, 2), /damaged \(0 channels\)$/],
  ['no-rate.wav', async () => wavClaiming(1, 0, 2), /damaged \(a rate of 0 Hz\)$/],
  ['slow.wav', async () => wavClaiming(1, 1, 2), /has a sample rate that is not from 2 to 500 kHz \(1 Hz\)$/],
  ['fast.wav', async () => wavClaiming(1, 4e9, 2), /not from 2 to 500 kHz \(4000000000 Hz\)$/],
  [
    'cut.flac',
    async () => (await readFile(join(samplesFolder, 'bd_haus.flac'))).subarray(0, 60),
    /holds no sound that can be decoded$/,
  ],
];

describe('files that hold no sound', () => {
  test.each(damaged)('%s is refused with a sentence that names it', async (name, bytes, message) => {
    const path = await file(name, await bytes());
    const error = await readAudioFile(path, 32_000).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message.startsWith(path)).toBe(true);
  });

  test('a missing file and a folder are rejected', async () => {
    await expect(readAudioFile(join(folder, 'none.wav'), 32_000)).rejects.toThrow(/none\.wav cannot be read/);
    await mkdir(join(folder, 'folder.wav'));
    await expect(readAudioFile(join(folder, 'folder.wav'), 32_000)).rejects.toThrow(/folder\.wav cannot be read/);
  });
});

describe('the reader in a separate process', () => {
  const reader = new AudioFileReader();
  afterAll(() => reader.close());

  test('gives the same results as in this process, even for overlapping calls', async () => {
    const noise = whiteNoise(5000, 43);
    const wav = await file('noise.wav', encodeWav([noise], 44_100, 'f32'));
    const flac = join(samplesFolder, 'bd_haus.flac');
    const [a, failure, b] = await Promise.all([
      reader.read(wav, 32_000),
      reader.read(join(folder, 'none.wav'), 32_000).catch((error: Error) => error.message),
      reader.read(flac, 32_000),
    ]);
    expect(a).toEqual(await readAudioFile(wav, 32_000));
    expect(failure).toMatch(/none\.wav cannot be read/);
    expect(largestDifference(b, await readAudioFile(flac, 32_000))).toBe(0);
  });

  test('gives up on a file that its decoder never finishes, and continues', { timeout: 60_000 }, async () => {
    const hasty = new AudioFileReader(6);
    try {
      // Its list of samples would fill the memory: it is refused, whatever becomes of the decoder.
      const deadly = await file('deadly.m4a', deadlyMp4());
      await expect(hasty.read(deadly, 32_000)).rejects.toThrow(
        /deadly\.m4a (cannot be decoded|holds no sound|is a video without sound)/,
      );
      // Nobody writes into the pipe, so reading it never ends.
      const endless = join(folder, 'endless.wav');
      execFileSync('mkfifo', [endless]);
      await expect(hasty.read(endless, 32_000)).rejects.toThrow(
        /endless\.wav cannot be decoded: the decoder was still not done after 6 s$/,
      );
      const wav = await file('after.wav', encodeWav([new Float32Array(100)], 32_000, 's16'));
      expect(await hasty.read(wav, 32_000)).toHaveLength(100);
    } finally {
      hasty.close();
    }
  });
});
