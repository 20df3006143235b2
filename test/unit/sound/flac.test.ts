import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { flacDecoder } from '../../../src/sound/flac/flac-decoder';
import { FlacKernel, kernelBase64 } from '../../../src/sound/flac/flac-kernel';
import { openSound } from '../../../src/sound/open-sound';
import { bytesSource } from '../support/byte-source';
import { whiteNoise } from '../support/random';

const root = join(import.meta.dirname, '../../..');
const sounds = join(root, 'test/sounds');
const folder = mkdtempSync(join(tmpdir(), 'earmark-flac-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

it('the bytes are what wabt makes of flac-kernel.wat', async () => {
  const text = await readFile(join(root, 'src/sound/flac/flac-kernel.wat'), 'utf8');
  const module = (await wabt()).parseWat('flac-kernel.wat', text, { simd: true });
  expect(kernelBase64).toBe(Buffer.from(module.toBinary({}).buffer).toString('base64'));
});

/** Bit by bit. */
function slowChecksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x8005 : 0)) & 0xffff;
  }
  return crc;
}

it('checksums of few and many bytes, in one piece and in two, are those of the polynomial', () => {
  const kernel = FlacKernel.create();
  const bytes = kernel.take(Uint8Array.from(whiteNoise(1500, 6), (x) => 128 + 127 * x));
  for (const length of [0, 1, 7, 255, 511, 512, 513, 767, 768, 1024, 1499]) {
    const expected = slowChecksum(bytes.subarray(1, 1 + length));
    expect(kernel.checksum(bytes, 1, 1 + length)).toBe(expected);
    const middle = 1 + Math.floor(length / 3);
    expect(kernel.checksum(bytes, middle, 1 + length, kernel.checksum(bytes, 1, middle))).toBe(expected);
  }
});

async function channelsOf(bytes: Uint8Array): Promise<Float32Array[]> {
  const sound = await openSound(bytesSource(bytes));
  const channels = Array.from({ length: sound.channels }, () => [] as Float32Array[]);
  for await (const piece of sound.readPieces()) {
    for (const [c, samples] of piece.entries()) channels[c]?.push(samples.slice());
  }
  return channels.map((pieces) => Float32Array.from(pieces.flatMap((piece) => [...piece])));
}

/** The MD5 of the samples, which every encoder writes into the file's header, and that of the samples as they were decoded. */
async function sums(bytes: Uint8Array): Promise<{ stated: string; heard: string }> {
  const channels = await channelsOf(bytes);
  const bits = (((bytes[20] as number) & 1) << 4) + ((bytes[21] as number) >> 4) + 1;
  const sampleBytes = Math.ceil(bits / 8);
  const frames = channels[0]?.length ?? 0;
  const samples = Buffer.alloc(frames * channels.length * sampleBytes);
  for (let i = 0, at = 0; i < frames; i++) {
    for (const channel of channels) at = samples.writeIntLE((channel[i] as number) * 2 ** (bits - 1), at, sampleBytes);
  }
  const stated = Buffer.from(bytes.subarray(26, 42)).toString('hex');
  return { stated, heard: createHash('md5').update(samples).digest('hex') };
}

describe('the samples have the sum that the encoder wrote into the file', () => {
  it.for(readdirSync(sounds).filter((name) => name.endsWith('.flac')))('%s', async (name) => {
    const { stated, heard } = await sums(await readFile(join(sounds, name)));
    expect(stated).not.toMatch(/^0+$/);
    expect(heard).toBe(stated);
  });

  const noise = (shape: string, more = ''): string => `anoisesrc=d=2:r=44100:a=0.7:seed=1:${shape}${more}`;
  it.for([
    ['fixed predictors', noise('c=brown'), ['-lpc_type', 'fixed']],
    ['no prediction', noise('c=white'), ['-lpc_type', 'none']],
    ['few coefficients', noise('c=pink'), []],
    [
      '32 coefficients',
      noise('c=brown'),
      ['-lpc_type', 'cholesky', '-max_prediction_order', '32', '-min_prediction_order', '32'],
    ],
    ['24 bits', noise('c=brown'), ['-sample_fmt', 's32', '-compression_level', '12']],
    ['left, and the difference', noise('c=pink', ',aeval=val(0)|0.9*val(0)+0.01*random(0)'), ['-ch_mode', 'left_side']],
    [
      'the difference, and right',
      noise('c=pink', ',aeval=val(0)|0.9*val(0)+0.01*random(0)'),
      ['-ch_mode', 'right_side'],
    ],
    ['mean and difference', noise('c=pink', ',aeval=val(0)|0.9*val(0)+0.01*random(0)'), ['-ch_mode', 'mid_side']],
    ['six channels', noise('c=pink', ',aeval=val(0)|-val(0)|0|0.1*val(0)|random(0)|0.5'), []],
    ['bits that are always zero', noise('c=pink', ',aeval=64*trunc(512*val(0))/32768'), []],
    ['short blocks', noise('c=pink'), ['-frame_size', '64']],
    ['silence, and a last frame of few bytes', 'anullsrc=r=44100:d=1.03', []],
    ['full scale', "aevalsrc='if(gt(random(0),0.5),0.99999,-1)':s=44100:d=1", []],
  ] as const)('%s', async ([name, source, options], context) => {
    context.skip(!hasFfmpeg, 'ffmpeg, which makes the file, is not installed');
    const path = join(folder, `${name}.flac`);
    const made = spawnSync('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      source,
      '-strict',
      '-2',
      ...options,
      path,
    ]);
    expect(made.stderr.toString()).toBe('');
    const { stated, heard } = await sums(await readFile(path));
    expect(heard).toBe(stated);
  });
});

it('the difference of two channels of 32 bits has 33', async () => {
  const [left, right] = (await channelsOf(await readFile(join(root, 'test/cases/18-32-bit-opposite.flac')))) as [
    Float32Array,
    Float32Array,
  ];
  expect(left).toHaveLength(1000);
  for (let i = 0; i < 1000; i++) {
    const sample = Math.round(0.9 * 2 ** 31 * Math.sin(i / 5));
    expect(left[i]).toBe(Math.fround(sample / 2 ** 31));
    expect(right[i]).toBe(Math.fround(((i % 7) - sample) / 2 ** 31));
  }
});

describe('packets of a container', () => {
  const file = readFileSync(join(root, 'test/cases/18-32-bit-opposite.flac'));
  // Its only frame follows STREAMINFO and a comment.
  const frame = file.subarray(file.lastIndexOf(Buffer.from([0xff, 0xf8])));

  it('with a wrong checksum are silent', () => {
    const damaged = Uint8Array.from(frame);
    damaged[damaged.length - 1] = (damaged.at(-1) as number) ^ 1;
    const [whole, silent] = [flacDecoder(32).decode([frame]), flacDecoder(32).decode([damaged])];
    expect(whole[0]?.some((sample) => sample !== 0)).toBe(true);
    expect(silent.map((channel) => channel.length)).toEqual([1000, 1000]);
    expect(silent[0]?.every((sample) => sample === 0)).toBe(true);
  });

  it('that are cut off give nothing, and harm none of the others', () => {
    const decoder = flacDecoder(32);
    const [whole] = decoder.decode([frame]).map((channel) => channel.slice());
    const [heard] = decoder.decode([frame.subarray(0, 500), frame, new Uint8Array(), frame.subarray(0, 3)]);
    expect(heard).toEqual(whole);
  });

  it('are decoded in any number', () => {
    const [heard] = flacDecoder(32).decode(Array.from({ length: 300 }, () => frame));
    expect(heard).toHaveLength(300_000);
    expect(heard?.slice(299_000)).toEqual(heard?.slice(0, 1000));
  });
});
