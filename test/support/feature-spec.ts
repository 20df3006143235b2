import type { FeatureSpec } from '../../src/shared/contracts/model/feature-spec';

/** The shipped front end: 32 kHz, 120 bands from 50 Hz to 14 kHz, 1.92 s. */
export const exampleSpec: FeatureSpec = {
  sampleRateHz: 32_000,
  fftSize: 1024,
  hopSamples: 512,
  melBands: 120,
  minHz: 50,
  maxHz: 14_000,
  frames: 120,
  powerFloor: 1e-11,
  logMean: -6.5,
  logStandardDeviation: 2.5,
};

/** The same with plain log10 power, and a floor that no test's power comes near. */
export const plainSpec: FeatureSpec = { ...exampleSpec, powerFloor: 1e-30, logMean: 0, logStandardDeviation: 1 };

/** The same with digital silence at −2.5 and a sine of full scale at 2.5. */
export const symmetricSpec: FeatureSpec = { ...exampleSpec, powerFloor: 1e-10, logMean: -5, logStandardDeviation: 2 };
