/**
 * How samples become the network's input. Every model folder ships one, and the front end is built from it.
 *
 * A column is one frame of `melBands` values; a window is the newest `frames` columns, oldest first,
 * so that the network's input has the shape [frames, melBands, 1].
 */
export interface FeatureSpec {
  readonly sampleRateHz: number;
  /** Length of the FFT and of its periodic Hann window, in samples; a power of two. */
  readonly fftSize: number;
  /** Samples from one column to the next. */
  readonly hopSamples: number;
  readonly melBands: number;
  readonly minHz: number;
  readonly maxHz: number;
  /** Columns in a window. */
  readonly frames: number;
  /** Added to a band's mean power before the logarithm. Power 1 is a sine of full scale. */
  readonly powerFloor: number;
  /** A column's value is (log10(power + powerFloor) − logMean) / logStandardDeviation. */
  readonly logMean: number;
  readonly logStandardDeviation: number;
}

/** Samples that one window spans, the overlap of its last frame included. */
export function windowSamples(spec: FeatureSpec): number {
  return (spec.frames - 1) * spec.hopSamples + spec.fftSize;
}

/** The largest whole numbers that a spec may ask for: more would fill the memory before a sound is heard. */
const largestIntegers = { sampleRateHz: 192_000, fftSize: 65_536, hopSamples: 65_536, melBands: 1024, frames: 10_000 };
const positiveIntegers = ['sampleRateHz', 'fftSize', 'hopSamples', 'melBands', 'frames'] as const;
const finiteNumbers = ['minHz', 'maxHz', 'powerFloor', 'logMean', 'logStandardDeviation'] as const;

/**
 * Checks a spec that came from a file.
 *
 * @throws TypeError naming the first field that cannot be used.
 */
export function parseFeatureSpec(value: unknown): FeatureSpec {
  if (typeof value !== 'object' || value === null) throw new TypeError('the feature spec is not an object');
  const fields = value as Record<string, unknown>;
  for (const name of positiveIntegers) {
    if (!Number.isInteger(fields[name]) || (fields[name] as number) <= 0) {
      throw new TypeError(`the feature spec's "${name}" must be a positive whole number, not ${String(fields[name])}`);
    }
    if ((fields[name] as number) > largestIntegers[name]) {
      throw new TypeError(`the feature spec's "${name}" must be at most ${largestIntegers[name]}, not ${fields[name]}`);
    }
  }
  for (const name of finiteNumbers) {
    if (!Number.isFinite(fields[name])) {
      throw new TypeError(`the feature spec's "${name}" must be a number, not ${String(fields[name])}`);
    }
  }
  const spec = fields as unknown as FeatureSpec;
  if ((spec.fftSize & (spec.fftSize - 1)) !== 0 || spec.fftSize < 4) {
    throw new TypeError(`the feature spec's "fftSize" must be a power of two, not ${spec.fftSize}`);
  }
  if (spec.hopSamples > spec.fftSize)
    throw new TypeError('the feature spec\'s "hopSamples" is larger than its "fftSize"');
  if (spec.minHz < 0 || spec.minHz >= spec.maxHz || spec.maxHz > spec.sampleRateHz / 2) {
    throw new TypeError('the feature spec needs 0 ≤ minHz < maxHz ≤ sampleRateHz / 2');
  }
  if (spec.powerFloor <= 0 || spec.logStandardDeviation <= 0) {
    throw new TypeError('the feature spec\'s "powerFloor" and "logStandardDeviation" must be above 0');
  }
  return spec;
}
