/** A reproducible source of numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** White noise, uniform in [−1, 1). */
export function whiteNoise(samples: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: samples }, () => 2 * random() - 1);
}
