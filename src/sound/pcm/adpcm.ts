/** ADPCM: each block starts with a sample and continues with 4-bit differences. */
import { viewOf } from '../bytes';
import { IMA4_BYTES, IMA4_FRAMES, type PcmLayout } from './layout';

/** The step sizes of IMA ADPCM, and how far a nibble moves along them (IMA Digital Audio Focus, 1992). */
const imaSteps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const imaMoves = [-1, -1, -1, -1, 2, 4, 6, 8];

/**
 * How MS ADPCM's step grows with a nibble, in 1/256 (Microsoft, “New Multimedia Data Types and Data Techniques”, 1994).
 */
const msGrowth = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];

function clamp16(sample: number): number {
  return Math.max(-32768, Math.min(32767, sample));
}

/** Calls `decode` for each block and concatenates their samples. */
function decodeEach(
  bytes: Uint8Array,
  { channels, blockBytes, blockFrames }: PcmLayout,
  decode: (block: Uint8Array, out: readonly Float32Array[]) => void,
): Float32Array<ArrayBuffer>[] {
  const blocks = Math.ceil(bytes.length / blockBytes);
  const samples = Array.from({ length: channels }, () => new Float32Array(blocks * blockFrames));
  for (let block = 0; block < blocks; block++) {
    const first = block * blockFrames;
    const out = samples.map((channel) => channel.subarray(first, first + blockFrames));
    decode(bytes.subarray(block * blockBytes, (block + 1) * blockBytes), out);
  }
  return samples;
}

/** @returns the channels' samples, in whole blocks. What a truncated block lacks is 0. */
export function decodeImaAdpcm(bytes: Uint8Array, layout: PcmLayout): Float32Array<ArrayBuffer>[] {
  const { channels } = layout;
  return decodeEach(bytes, layout, (block, out) => {
    const view = viewOf(block);
    out.forEach((samples, channel) => {
      if (4 * channel + 4 > block.length) return;
      let sample = view.getInt16(4 * channel, true);
      let index = Math.min(imaSteps.length - 1, view.getUint8(4 * channel + 2));
      samples[0] = sample / 32768;
      // Words of 8 nibbles alternate between the channels.
      for (let frame = 1, word = channels + channel; frame < samples.length; frame += 8, word += channels) {
        if (4 * word + 4 > block.length) return;
        const nibbles = view.getUint32(4 * word, true);
        for (let i = 0; i < 8; i++) {
          const nibble = (nibbles >>> (4 * i)) & 15;
          sample = clamp16(sample + imaDifference(nibble, index));
          index = nextImaIndex(nibble, index);
          samples[frame + i] = sample / 32768;
        }
      }
    });
  });
}

/**
 * Apple's variant, in AIFF-C and CAF: the upper nine bits of a sample and a step, then 64 nibbles for each channel. The
 * lower bits go on from the block before; where reading begins, they are missing (48 dB below full scale).
 */
export function decodeIma4(bytes: Uint8Array, layout: PcmLayout): Float32Array<ArrayBuffer>[] {
  const before: { sample: number; index: number }[] = [];
  return decodeEach(bytes, layout, (block, out) => {
    const view = viewOf(block);
    out.forEach((samples, channel) => {
      const start = IMA4_BYTES * channel;
      if (start + IMA4_BYTES > block.length) return;
      let sample = view.getInt16(start) & ~127;
      let index = Math.min(imaSteps.length - 1, view.getUint8(start + 1) & 127);
      const last = before[channel];
      if (last?.index === index && Math.abs(last.sample - sample) < 128) sample = last.sample;
      for (let frame = 0; frame < IMA4_FRAMES; frame++) {
        const nibble = (view.getUint8(start + 2 + (frame >> 1)) >> (frame % 2 === 0 ? 0 : 4)) & 15;
        sample = clamp16(sample + imaDifference(nibble, index));
        index = nextImaIndex(nibble, index);
        samples[frame] = sample / 32768;
      }
      before[channel] = { sample, index };
    });
  });
}

/** The reference decoder adds shifted steps, so each of them is rounded separately. */
function imaDifference(nibble: number, index: number): number {
  const step = imaSteps[index] as number;
  let difference = step >> 3;
  if (nibble & 4) difference += step;
  if (nibble & 2) difference += step >> 1;
  if (nibble & 1) difference += step >> 2;
  return nibble & 8 ? -difference : difference;
}

function nextImaIndex(nibble: number, index: number): number {
  return Math.max(0, Math.min(imaSteps.length - 1, index + (imaMoves[nibble & 7] as number)));
}

/** @returns the channels' samples, in whole blocks. What a truncated block lacks is 0. */
export function decodeMsAdpcm(bytes: Uint8Array, layout: PcmLayout): Float32Array<ArrayBuffer>[] {
  const { channels, coefficients = [] } = layout;
  return decodeEach(bytes, layout, (block, out) => {
    if (block.length < 7 * channels) return;
    const view = viewOf(block);
    out.forEach((samples, channel) => {
      const [first, second] = coefficients[Math.min(view.getUint8(channel), coefficients.length - 1)] as [
        number,
        number,
      ];
      let step = view.getInt16(channels + 2 * channel, true);
      let newest = view.getInt16(3 * channels + 2 * channel, true);
      let older = view.getInt16(5 * channels + 2 * channel, true);
      samples[0] = older / 32768;
      samples[1] = newest / 32768;
      for (let frame = 2; frame < samples.length; frame++) {
        // Nibbles of all channels are interleaved, the upper half of a byte first.
        const position = (frame - 2) * channels + channel;
        const at = 7 * channels + (position >> 1);
        if (at >= block.length) return;
        const nibble = (view.getUint8(at) >> (position % 2 === 0 ? 4 : 0)) & 15;
        const predicted = (newest * first + older * second) >> 8;
        older = newest;
        newest = clamp16(predicted + (nibble < 8 ? nibble : nibble - 16) * step);
        step = Math.max(16, ((msGrowth[nibble] as number) * step) >> 8);
        samples[frame] = newest / 32768;
      }
    });
  });
}
