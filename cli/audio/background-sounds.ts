import { seededRandom } from '../../src/shared/lib/math/random';

/** What a room sounds like when nothing happens in it. */
const kinds = ['white', 'pinkish', 'brown', 'hum'] as const;

type Background = (typeof kinds)[number];

const LOUDEST_DB = -20;
const QUIETEST_DB = -80;

/**
 * Background that a microphone hears: noise of three colours and mains hum with noise, from loud to almost silent, and
 * digital silence once.
 *
 * @returns `count` sounds of `samples` mono samples.
 */
export function backgroundSounds(count: number, samples: number, sampleRateHz: number, seed: number): Float32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return new Float32Array(samples);
    const levelDb = LOUDEST_DB + (QUIETEST_DB - LOUDEST_DB) * random();
    return atLevel(sound(kinds[i % kinds.length] as Background, samples, sampleRateHz, random), levelDb);
  });
}

function sound(kind: Background, samples: number, sampleRateHz: number, random: () => number): Float32Array {
  if (kind !== 'hum') return noiseOf(kind, samples, random);
  const mainsHz = random() < 0.5 ? 50 : 60;
  const noise = noiseOf('pinkish', samples, random);
  const strength = Array.from({ length: 8 }, () => random());
  return noise.map((value, i) => {
    const phase = (2 * Math.PI * mainsHz * i) / sampleRateHz;
    return strength.reduce((sum, amplitude, k) => sum + amplitude * Math.sin((k + 1) * phase), 0.1 * value);
  });
}

/** White noise, brown noise (white through a leaky integrator), or a mix of the two. */
function noiseOf(kind: Exclude<Background, 'hum'>, samples: number, random: () => number): Float32Array {
  let brown = 0;
  return Float32Array.from({ length: samples }, () => {
    const white = 2 * random() - 1;
    brown = 0.995 * brown + white;
    if (kind === 'white') return white;
    return kind === 'brown' ? brown : white + 0.15 * brown;
  });
}

function atLevel(samples: Float32Array, levelDb: number): Float32Array {
  const rms = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  const gain = 10 ** (levelDb / 20) / rms;
  return samples.map((value) => gain * value);
}
