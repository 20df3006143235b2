import { describe, expect, it } from 'vitest';
import { decodeWav, encodeWav, fromInt16, readWavHeader, toInt16 } from '../../../src/shared/lib/files/wav';
import { whiteNoise } from '../support/random';
import { encodeWav as encodeAnyWav, type WavFormat } from '../support/wav';

/** Every 16-bit integer. */
const everyInteger = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);

/** A copy in a buffer of its own, which Node's buffers do not have. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

describe('16-bit samples', () => {
  it('are n/32768 and come back as the same integers', () => {
    const samples = fromInt16(everyInteger);
    expect(samples[0]).toBe(-1);
    expect(samples[65_535]).toBe(32_767 / 32_768);
    expect(toInt16(samples)).toEqual(everyInteger);
  });

  it('are rounded, clamped, and 0 for NaN', () => {
    const samples = Float32Array.of(0.4 / 32_768, 0.6 / 32_768, 1, 1.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY);
    expect([...toInt16(samples)]).toEqual([0, 1, 32_767, 32_767, -32_768, 0, 32_767]);
  });
});

describe('a WAV file', () => {
  it('gives back the samples that went in, and their rate', () => {
    expect(decodeWav(encodeWav(everyInteger, 32_000))).toEqual({ samples: everyInteger, sampleRateHz: 32_000 });
    expect(decodeWav(encodeWav(new Int16Array(0), 8000))).toEqual({ samples: new Int16Array(0), sampleRateHz: 8000 });
  });

  it('matches the format’s specification', () => {
    const expected = encodeAnyWav([Float32Array.of(0, 1, -1)], 44_100, 's16');
    expect(Buffer.from(encodeWav(Int16Array.of(0, 32_767, -32_767), 44_100))).toEqual(expected);
  });

  it('is found after other chunks, even of odd lengths', () => {
    const plain = Buffer.from(encodeWav(Int16Array.of(5, -6), 32_000));
    const chunk = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    const file = Buffer.concat([plain.subarray(0, 36), chunk, plain.subarray(36)]);
    expect(decodeWav(bufferOf(file))?.samples).toEqual(Int16Array.of(5, -6));
  });

  it('is read in the extensible form', () => {
    const plain = Buffer.from(encodeWav(Int16Array.of(5, -6), 32_000));
    const format = Buffer.concat([plain.subarray(20, 36), Buffer.alloc(24)]);
    format.writeUInt16LE(0xfffe, 0);
    format.writeUInt16LE(1, 24);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(40);
    const file = Buffer.concat([plain.subarray(0, 16), size, format, plain.subarray(36)]);
    expect(decodeWav(bufferOf(file))?.samples).toEqual(Int16Array.of(5, -6));
  });

  it.each<WavFormat>(['u8', 's24', 's32', 'f32'])('of %s is left to other decoders', (format) => {
    expect(decodeWav(bufferOf(encodeAnyWav([whiteNoise(9, 1)], 32_000, format)))).toBeUndefined();
  });

  it('that is stereo, cut off or invalid is left to other decoders', () => {
    const noise = whiteNoise(100, 2);
    expect(decodeWav(bufferOf(encodeAnyWav([noise, noise], 32_000, 's16')))).toBeUndefined();
    const whole = encodeWav(toInt16(noise), 32_000);
    for (let length = 0; length < whole.byteLength; length++) expect(decodeWav(whole.slice(0, length))).toBeUndefined();
  });

  it('gives its duration from its header, as far as the file goes', () => {
    const start = encodeAnyWav([new Float32Array(48_000), new Float32Array(48_000)], 48_000, 's24').subarray(0, 44);
    const threeHours = 3 * 3600 * 6 * 48_000;
    const header = Buffer.from(start);
    header.writeUInt32LE(threeHours, 40);
    // The header's own figure for bytes a second is not believed.
    header.writeUInt32LE(0xffff_ffff, 28);
    expect(readWavHeader(bufferOf(header), 44 + threeHours)?.durationSeconds).toBe(10_800);
    expect(readWavHeader(bufferOf(header), 44 + 6 * 48_000)?.durationSeconds).toBe(1);
    header.writeUInt16LE(0, 22);
    expect(readWavHeader(bufferOf(header), 44 + threeHours)?.durationSeconds).toBeUndefined();
  });
});
