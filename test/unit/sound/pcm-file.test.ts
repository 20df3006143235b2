import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DamagedHeader, UnknownCodec } from '../../../src/sound/pcm/layout';
import { PcmFile } from '../../../src/sound/pcm/pcm-file';
import { bytesSource } from '../support/byte-source';
import { amplitudeAt } from '../support/tone';
import { encodeWav, sine } from '../support/wav';

const run = promisify(execFile);

async function open(bytes: Uint8Array): Promise<PcmFile> {
  const file = await PcmFile.open(bytesSource(bytes));
  if (!file) throw new Error('not recognised');
  return file;
}

async function openCase(name: string): Promise<PcmFile> {
  return open(await readFile(join('test/cases', name)));
}

describe('files that failed', () => {
  const cases = [
    { name: '01-size0-32k-mono.wav', seconds: 1, hz: 1000, amplitude: 0.5 },
    { name: '03-opposite-phase.wav', seconds: 1, hz: 1000, amplitude: 0.5 },
    { name: '04-odd-LIST-padded.wav', seconds: 1, hz: 1100, amplitude: 0.5 },
    { name: '04-odd-guan-padded.wav', seconds: 1, hz: 1200, amplitude: 0.5 },
    { name: '05-odd-LIST-unpadded.wav', seconds: 1, hz: 1300, amplitude: 0.5 },
    { name: '07-rf64.wav', seconds: 1, hz: 1400, amplitude: 0.5 },
    { name: '08-384kHz-1kHz-tone.wav', seconds: 0.2, hz: 1000, amplitude: 0.5 },
    { name: '09-broadcast.bwf', seconds: 1, hz: 1100, amplitude: 0.5 },
    { name: '10-float64.wav', seconds: 1, hz: 1000, amplitude: 0.5 },
    { name: '10-aiff.aif', seconds: 1, hz: 1000, amplitude: 0.5 },
    { name: '11-float-plus18dBFS.wav', seconds: 1, hz: 1000, amplitude: 8 },
  ];

  for (const { name, seconds, hz, amplitude } of cases) {
    it(`${name} holds ${seconds} s of a tone`, async () => {
      const file = await openCase(name);
      expect(file.durationSeconds).toBeCloseTo(seconds, 2);
      const [samples] = await file.read(0, file.layout.frames);
      expect(amplitudeAt(samples as Float32Array, hz, file.layout.sampleRateHz)).toBeCloseTo(amplitude, 2);
    });
  }

  it('10-ima-adpcm.wav has the length and the peak that ffmpeg finds', async () => {
    const file = await openCase('10-ima-adpcm.wav');
    expect(file.layout.frames).toBe(44_902);
    const [samples] = await file.read(0, 44_902);
    expect(Math.max(...(samples as Float32Array))).toBeCloseTo(16_571 / 32_768, 3);
  });

  it('holds the opposite in its other channel', async () => {
    const file = await openCase('03-opposite-phase.wav');
    const [left, right] = await file.read(0, 100);
    expect(left?.some((sample) => sample !== 0)).toBe(true);
    expect(left?.map((sample, i) => sample + (right?.[i] as number))).toEqual(new Float32Array(100));
  });
});

describe('impossible sizes', () => {
  const samples = sine(1000, 0.5, 8000, 8000);
  const withDataSize = (size: number): Buffer => {
    const wav = encodeWav([samples], 8000, 's16');
    wav.writeUInt32LE(size, 40);
    return wav;
  };

  for (const size of [0, 0x7fffffff, 0xffffffff, 16_001]) {
    it(`0x${size.toString(16)}: the samples reach to the end`, async () => {
      const file = await open(withDataSize(size));
      expect(file.layout.frames).toBe(8000);
    });
  }

  it('0 is correct if another chunk follows', async () => {
    const wav = withDataSize(0).subarray(0, 44);
    const list = Buffer.from('LIST\x04\0\0\0INFO', 'latin1');
    expect((await open(Buffer.concat([wav, list]))).layout.frames).toBe(0);
  });

  it('a truncated file gives what is there', async () => {
    expect((await open(encodeWav([samples, samples], 8000, 's24').subarray(0, 44 + 601))).layout.frames).toBe(100);
  });
});

describe('a header that contradicts itself', () => {
  const wav = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = encodeWav([sine(1000, 0.5, 100, 8000)], 8000, 's16');
    change(bytes);
    return bytes;
  };

  it.each([
    ['no channels', wav((bytes) => bytes.writeUInt16LE(0, 22))],
    ['65,535 channels', wav((bytes) => bytes.writeUInt16LE(65535, 22))],
    ['no rate', wav((bytes) => bytes.writeUInt32LE(0, 24))],
    ['samples of 17 bytes', wav((bytes) => bytes.writeUInt16LE(136, 34))],
    ['no format', wav((bytes) => bytes.write('junk', 12, 'latin1'))],
    ['nothing after its first line', wav(() => undefined).subarray(0, 12)],
  ])('is refused: %s', async (_, bytes) => {
    await expect(open(bytes)).rejects.toThrow(DamagedHeader);
  });

  it('names a codec that it does not know', async () => {
    await expect(open(wav((bytes) => bytes.writeUInt16LE(0x55, 20)))).rejects.toThrow(UnknownCodec);
    await expect(open(wav((bytes) => bytes.writeUInt16LE(0x55, 20)))).rejects.toThrow(/MP3/);
  });

  it('leaves other files alone', async () => {
    for (const text of ['', 'RIFF', 'ID3', '\x89PNG\r\n\x1a\n', 'RIFF\0\0\0\0AVI ', 'OggS']) {
      expect(await PcmFile.open(bytesSource(Buffer.from(text, 'latin1')))).toBeUndefined();
    }
  });
});

describe('a part of a file', () => {
  it.each(['01-size0-32k-mono.wav', '10-ima-adpcm.wav', '10-aiff.aif'])(
    'of %s equals that part of the whole',
    async (name) => {
      const file = await openCase(name);
      const { frames } = file.layout;
      const [whole] = await file.read(0, frames);
      for (const [start, length] of [
        [0, 1],
        [1, 7],
        [499, 2000],
        [frames - 3, 100],
        [frames, 5],
      ] as const) {
        const [part] = await file.read(start, length);
        expect(part).toEqual(whole?.subarray(start, start + length));
      }
    },
  );
});

const ffmpeg = await run('ffmpeg', ['-version']).then(
  () => true,
  () => false,
);

describe('what ffmpeg writes', () => {
  beforeEach((context) => context.skip(!ffmpeg, 'ffmpeg is not installed'));

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earmark-pcm-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const kinds = [
    ...['u8', 's16le', 's24le', 's32le', 's64le', 'f32le', 'f64le', 'alaw', 'mulaw'].map((codec) => [
      'wav',
      `pcm_${codec}`,
    ]),
    ['wav', 'adpcm_ima_wav'],
    ['wav', 'adpcm_ms'],
    ['w64', 'pcm_s16le'],
    ['w64', 'pcm_f32le'],
    ...['s8', 's16be', 's24be', 's32be', 'f32be', 'f64be', 's16le', 'alaw', 'mulaw'].map((codec) => [
      'aiff',
      `pcm_${codec}`,
    ]),
    ...['s8', 's16be', 's24le', 's32le', 'f32le', 'f64be', 'alaw', 'mulaw'].map((codec) => ['caf', `pcm_${codec}`]),
    ...['s8', 's16be', 's24be', 's32be', 'f32be', 'f64be', 'alaw', 'mulaw'].map((codec) => ['au', `pcm_${codec}`]),
  ] as [string, string][];

  it.each(kinds)('%s with %s: the same samples', async (container, codec) => {
    // ffmpeg decodes IMA ADPCM without the rounding of the reference decoder.
    const tolerance = codec === 'adpcm_ima_wav' ? 10 ** (-50 / 20) : 1e-6;
    const path = join(folder, `${codec}.${container}`);
    const noise = '0.3*sin(2*PI*440*t)+0.2*(random(0)-0.5)|0.4*sin(2*PI*990*t)';
    const source = ['-f', 'lavfi', '-i', `aevalsrc='${noise}':s=22050:d=0.7`];
    await run('ffmpeg', ['-v', 'error', '-y', ...source, '-c:a', codec, path]);
    const decode = ['-v', 'error', '-i', path, '-f', 'f32le', '-c:a', 'pcm_f32le', '-'];
    const { stdout } = await run('ffmpeg', decode, { encoding: 'buffer', maxBuffer: 1e8 });
    const expected = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
    const file = await open(await readFile(path));
    expect(file.layout).toMatchObject({ sampleRateHz: 22050, channels: 2 });
    const channels = await file.read(0, file.layout.frames);
    expect(channels[0]).toHaveLength(expected.length / 2);
    let largest = 0;
    channels.forEach((channel, c) => {
      channel.forEach((sample, i) => {
        largest = Math.max(largest, Math.abs(sample - (expected[2 * i + c] as number)));
      });
    });
    expect(largest).toBeLessThan(tolerance);
  });
});
