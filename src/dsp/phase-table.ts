/**
 * The filter is a Kaiser-windowed sinc. It passes frequencies below 0.9 of the lower rate's Nyquist frequency and
 * attenuates those above Nyquist by 90 dB, so nothing aliases.
 */
const STOP_BAND_DB = 90;
const TRANSITION = 0.1;
const CUTOFF = 1 - TRANSITION / 2;
/** Kaiser's formulas (1974). */
const KAISER_BETA = 0.1102 * (STOP_BAND_DB - 8.7);
/** Of the filter, in samples of the lower rate. */
export const HALF_WIDTH = (STOP_BAND_DB - 7.95) / (2 * 2.285 * Math.PI * TRANSITION);

/** A filter's values at the input samples around a position, one row per fractional offset (phase). */
export interface PhaseTable {
  readonly phases: number;
  readonly taps: number;
  /** One row more than phases: the last is one whole sample away. */
  readonly values: Float32Array;
}

/** The last tables. One takes up to 50 ms, as long as a short file, and thousands of files have the same rate. */
const tables = new Map<string, PhaseTable>();
const MOST_TABLES = 4;

/** @param scale ratio of the lower rate to the input rate. @param reach input samples on each side. */
export function phaseTable(scale: number, reach: number, phases: number): PhaseTable {
  const key = `${scale} ${phases}`;
  const table = tables.get(key) ?? computedTable(scale, reach, phases);
  // The newest is last.
  tables.delete(key);
  tables.set(key, table);
  if (tables.size > MOST_TABLES) tables.delete([...tables.keys()][0] as string);
  return table;
}

function computedTable(scale: number, reach: number, phases: number): PhaseTable {
  const taps = 2 * reach;
  const values = new Float32Array((phases + 1) * taps);
  const atZero = besselI0(KAISER_BETA);
  for (let phase = 0; phase <= phases; phase++) {
    const row = Float64Array.from({ length: taps }, (_, tap) => {
      const distance = (tap - reach + 1 - phase / phases) * scale;
      const inWindow = distance / HALF_WIDTH;
      if (Math.abs(inWindow) >= 1) return 0;
      const window = besselI0(KAISER_BETA * Math.sqrt(1 - inWindow * inWindow)) / atZero;
      const angle = Math.PI * CUTOFF * distance;
      return window * (angle === 0 ? 1 : Math.sin(angle) / angle);
    });
    // Each row is normalised by itself, so a constant stays constant.
    const sum = row.reduce((total, value) => total + value, 0);
    values.set(
      row.map((value) => value / sum),
      phase * taps,
    );
  }
  return { phases, taps, values };
}

/** The modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  for (let term = 1, k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
