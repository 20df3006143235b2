/**
 * How a meter's bar and peak mark move. Everything depends only on elapsed time, so a meter looks the same at 20 frames
 * per second as at 144.
 */

/**
 * Bars and marks are sent to their next place at this interval, and move there evenly. To place them in every frame takes the
 * page's main thread half as much time again.
 */
export const BAR_INTERVAL_MS = 125;

/** The bar rises fast, to match the sound, and falls slowly, so that the eye can follow. */
export const ATTACK_MS = 70;
export const RELEASE_MS = 420;

/** How long the peak mark holds, and how fast it falls after that, in full scales per second. */
export const PEAK_HOLD_MS = 1200;
export const PEAK_FALL_PER_SECOND = 0.6;

/** Smaller differences are not worth a frame: a tenth of a pixel on a 200-pixel bar. */
const SETTLED = 0.0005;

export interface MeterMotion {
  /** The bar's position, 0 to 1. */
  level: number;
  /** The peak mark's position, 0 to 1; never below `level` or the probability. */
  peak: number;
  /** How long the peak mark has held, in milliseconds. */
  peakAgeMs: number;
}

/** A meter at rest at 0. */
export function restingMotion(): MeterMotion {
  return { level: 0, peak: 0, peakAgeMs: 0 };
}

/** One-pole smoothing: after one time constant, 1/e of the distance to `target` is left. */
export function smoothTowards(level: number, target: number, elapsedMs: number, timeConstantMs: number): number {
  return target + (level - target) * Math.exp(-elapsedMs / timeConstantMs);
}

/** Attack or release smoothing, depending on the direction of `target`. */
export function smoothLevel(level: number, target: number, elapsedMs: number): number {
  const next = smoothTowards(level, target, elapsedMs, target > level ? ATTACK_MS : RELEASE_MS);
  return Math.abs(next - target) < SETTLED ? target : next;
}

/** How far a peak mark falls while its age grows from `ageMs` to `ageMs + elapsedMs`. */
export function peakFall(ageMs: number, elapsedMs: number): number {
  const fallingMs = Math.max(0, ageMs + elapsedMs - PEAK_HOLD_MS) - Math.max(0, ageMs - PEAK_HOLD_MS);
  return (fallingMs / 1000) * PEAK_FALL_PER_SECOND;
}

/**
 * Moves a meter on by `elapsedMs` towards `probability`.
 *
 * The motion is changed in place: hundreds of meters move in every frame, and none should create garbage.
 *
 * @returns whether anything still has to move.
 */
export function moveMeter(motion: MeterMotion, probability: number, elapsedMs: number): boolean {
  if (motion.level === probability && motion.peak === probability) return false;
  motion.level = smoothLevel(motion.level, probability, elapsedMs);
  const floor = Math.max(motion.level, probability);
  const fallen = motion.peak - peakFall(motion.peakAgeMs, elapsedMs);
  if (floor >= fallen) {
    motion.peak = floor;
    motion.peakAgeMs = 0;
  } else {
    motion.peak = fallen;
    motion.peakAgeMs += elapsedMs;
  }
  return motion.level !== probability || motion.peak > floor;
}
