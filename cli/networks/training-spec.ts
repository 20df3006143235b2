import type { FeatureSpec } from '../../src/shared/contracts/model/feature-spec';

/**
 * The front end for training features: values are plain log10 power, and the floor is 40 dB below that of the shipped
 * models, so that training can scale, mix and filter the power before it applies its own floor.
 */
export const trainingSpec: FeatureSpec = {
  sampleRateHz: 32_000,
  fftSize: 1024,
  hopSamples: 500,
  melBands: 120,
  minHz: 50,
  maxHz: 14_000,
  frames: 120,
  powerFloor: 1e-14,
  logMean: 0,
  logStandardDeviation: 1,
};
