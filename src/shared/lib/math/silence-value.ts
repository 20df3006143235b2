import type { FeatureSpec } from '../../contracts/model/feature-spec';

/** The value of every band of a column in digital silence. */
export function silenceValue(spec: FeatureSpec): number {
  return (Math.log10(spec.powerFloor) - spec.logMean) / spec.logStandardDeviation;
}
