import { describe, expect, it } from 'vitest';
import { droppedFiles } from '../../src/app/files/dropped-files';
import { decodeFile } from '../../src/audio/decode-file';
import { resample } from '../../src/dsp/resampler';
import { encodeWav, fromInt16, toInt16 } from '../../src/shared/lib/files/wav';
import flacUrl from '../sounds/bd_haus.flac?url';
import { failureOf } from '../support/failure';
import { whiteNoise } from '../unit/support/random';

const RATE_HZ = 32_000;

/** Of the recording `bd_haus.flac`, by ffmpeg. */
const FLAC_RATE_HZ = 44_100;
const FLAC_SAMPLES = 9699;
const FLAC_PEAK = 0.9911;

const noise = toInt16(whiteNoise(5000, 1));
const file = (name: string, ...parts: BlobPart[]): File => new File(parts, name);

function sine(hz: number, seconds: number, rateHz: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: seconds * rateHz }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rateHz));
}

/** Amplitude of a sine in the middle half of the samples. */
function amplitudeAt(hz: number, samples: Float32Array, rateHz: number): number {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  let real = 0;
  let imaginary = 0;
  for (const [i, sample] of middle.entries()) {
    real += sample * Math.cos((2 * Math.PI * hz * i) / rateHz);
    imaginary += sample * Math.sin((2 * Math.PI * hz * i) / rateHz);
  }
  return (2 * Math.hypot(real, imaginary)) / middle.length;
}

/** A WAV header that claims `dataBytes` of samples. */
function header(change: (view: DataView) => void, dataBytes: number): ArrayBuffer {
  const bytes = encodeWav(new Int16Array(0), RATE_HZ);
  const view = new DataView(bytes);
  view.setUint32(40, dataBytes, true);
  change(view);
  return bytes;
}

/** Frames of silence: MPEG 2, layer III, 8 kbit/s, 16 kHz, mono. Each has 576 samples in 36 bytes. */
function silentMp3(frames: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(36 * frames);
  for (let at = 0; at < bytes.length; at += 36) bytes.set([0xff, 0xf3, 0x18, 0xc0], at);
  return bytes;
}

/** A real recording, compressed. */
async function flac(): Promise<ArrayBuffer> {
  return (await fetch(flacUrl)).arrayBuffer();
}

describe('decodeFile', () => {
  it('reads 16-bit mono WAV at the model’s rate exactly', async () => {
    expect(await decodeFile(file('a.wav', encodeWav(noise, RATE_HZ)), RATE_HZ)).toEqual(noise);
  });

  it('resamples other rates, and keeps a tone’s pitch, level and length', async () => {
    const wav = encodeWav(toInt16(sine(1000, 2, 48_000)), 48_000);
    const samples = fromInt16(await decodeFile(file('a.wav', wav), RATE_HZ));
    expect(Math.abs(samples.length - 64_000)).toBeLessThanOrEqual(1);
    expect(amplitudeAt(1000, samples, RATE_HZ)).toBeCloseTo(0.5, 2);
    expect(amplitudeAt(1500, samples, RATE_HZ)).toBeLessThan(0.002);
  });

  it('averages channels', async () => {
    const stereo = Int16Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 16_384 : 8192));
    const bytes = encodeWav(stereo, RATE_HZ);
    const view = new DataView(bytes);
    view.setUint16(22, 2, true);
    view.setUint32(28, 4 * RATE_HZ, true);
    view.setUint16(32, 4, true);
    const samples = await decodeFile(file('stereo.wav', bytes), RATE_HZ);
    expect(samples.length).toBe(1000);
    for (const sample of fromInt16(samples)) expect(sample).toBeCloseTo(0.375, 4);
  });

  it('reads compressed sound', async () => {
    const samples = fromInt16(await decodeFile(file('a.flac', await flac()), FLAC_RATE_HZ));
    expect(samples.length).toBe(FLAC_SAMPLES);
    expect(Math.max(...samples)).toBeCloseTo(FLAC_PEAK, 3);
  });

  it('refuses three hours of compressed sound by their header', async () => {
    const bytes = await flac();
    // 36 bits say how many samples there are; the upper 4 are left at 0.
    new DataView(bytes).setUint32(22, 3 * 3600 * FLAC_RATE_HZ);
    const message = expect.stringMatching(/“long\.flac” is 3 h 0 min long/);
    const decoding = decodeFile(file('long.flac', bytes), RATE_HZ);
    expect(await failureOf(decoding)).toMatchObject({ name: 'file-too-long', message });
  });

  const threeHours = 3 * 3600 * 2 * RATE_HZ;
  const refused: [string, string, RegExp, () => File][] = [
    ['an empty file', 'file-unreadable', /“e\.wav” is empty/, () => file('e.wav')],
    [
      'a header without sound',
      'file-unreadable',
      /“e\.wav”/,
      () => file('e.wav', encodeWav(new Int16Array(0), RATE_HZ)),
    ],
    ['half a header', 'file-unreadable', /“e\.wav”/, () => file('e.wav', encodeWav(noise, RATE_HZ).slice(0, 30))],
    [
      'a text',
      'file-unreadable',
      /“t\.mp3” is damaged, or in a format/,
      () => file('t.mp3', 'This is no sound at all. '.repeat(99)),
    ],
    ['zeros', 'file-unreadable', /“z\.ogg” is damaged, or in a format/, () => file('z.ogg', new Uint8Array(50_000))],
    [
      'three hours',
      'file-too-long',
      /“long\.wav” is 3 h 0 min long/,
      // A blob of many references to one piece: three hours without the memory of three hours.
      () =>
        file(
          'long.wav',
          header(() => {}, threeHours),
          ...Array<Blob>(108).fill(new Blob([new Uint8Array(threeHours / 108)])),
        ),
    ],
    [
      'more than ten minutes of a stream that does not say how long it is',
      'file-too-long',
      /“long\.mp3” is too long/,
      () => file('long.mp3', silentMp3(Math.ceil(601 / 0.036))),
    ],
    [
      'endless bytes that tell nothing',
      'file-unreadable',
      /“long\.bin” is damaged/,
      () => file('long.bin', new Uint8Array(2 ** 24)),
    ],
    [
      'a picture',
      'file-unreadable',
      /“p\.wav” isn’t a sound file/,
      () => file('p.wav', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)),
    ],
  ];

  it.each(refused)('refuses %s', async (_, name, message, make) => {
    expect(await failureOf(decodeFile(make(), RATE_HZ))).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('reads a WAV file that was streamed and so claims to be endless', async () => {
    const samples = encodeWav(noise, RATE_HZ).slice(44);
    const decoded = await decodeFile(
      file(
        's.wav',
        header(() => {}, 0xffff_ffff),
        samples,
      ),
      RATE_HZ,
    );
    expect(decoded.length).toBe(5000);
  });
});

describe('resample', () => {
  it('keeps a tone’s pitch, level and length', async () => {
    const samples = await resample(sine(1000, 2, 44_100), 44_100, RATE_HZ);
    expect(samples.length).toBe(64_000);
    expect(amplitudeAt(1000, samples, RATE_HZ)).toBeCloseTo(0.5, 2);
  });

  it('leaves sound at the right rate alone', async () => {
    const samples = sine(1000, 1, RATE_HZ);
    expect(await resample(samples, RATE_HZ, RATE_HZ)).toBe(samples);
  });
});

describe('droppedFiles', () => {
  it('accepts the items of a real drop event', async () => {
    const transfer = new DataTransfer();
    transfer.items.add(file('a.wav', 'x'));
    const { sounds } = await droppedFiles(transfer.items);
    expect(sounds.map(({ file, folder }) => [file.name, folder])).toEqual([['a.wav', undefined]]);
  });
});
