import { type FeatureSpec, windowSamples } from '../shared/contracts/model/feature-spec';
import { logMelColumns } from './log-mel';

/** Number of windows taken from a finished clip. */
export const WINDOWS_PER_CLIP = 8;

/**
 * The network's inputs for a finished clip: up to `windowCount` windows, evenly spaced from its start to its end.
 *
 * A clip shorter than one window is padded with digital silence. A clip with fewer distinct windows than requested
 * gives each of them once.
 *
 * @param samples mono, at the spec's sample rate.
 * @returns floats of shape [windows, frames, melBands], at least one window.
 * @throws RangeError if `windowCount` is not a positive integer.
 */
export function clipWindows(samples: Float32Array, spec: FeatureSpec, windowCount: number): Float32Array {
  if (!Number.isInteger(windowCount) || windowCount < 1) {
    throw new RangeError(`the number of windows must be a positive whole number, not ${windowCount}`);
  }
  const columns = logMelColumns(padToWindow(samples, spec), spec);
  const lastStart = columns.length / spec.melBands - spec.frames;
  const gaps = Math.max(1, windowCount - 1);
  const starts = new Set(Array.from({ length: windowCount }, (_, i) => Math.round((i * lastStart) / gaps)));

  const windowLength = spec.frames * spec.melBands;
  const windows = new Float32Array(starts.size * windowLength);
  for (const [i, start] of [...starts].entries()) {
    const first = start * spec.melBands;
    windows.set(columns.subarray(first, first + windowLength), i * windowLength);
  }
  return windows;
}

/** The samples, padded with digital silence if they do not fill a window. */
export function padToWindow(samples: Float32Array, spec: FeatureSpec): Float32Array {
  const needed = windowSamples(spec);
  if (samples.length >= needed) return samples;
  const padded = new Float32Array(needed);
  padded.set(samples);
  return padded;
}
