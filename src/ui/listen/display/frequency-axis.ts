import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { hzToMel } from '../../../shared/lib/math/mel';

const TICKS_HZ = [200, 500, 1000, 2000, 5000, 10_000];

/** The round frequencies that lie within the display, in Hz. */
export function tickFrequencies(spec: FeatureSpec): number[] {
  return TICKS_HZ.filter((hz) => hz > spec.minHz && hz < spec.maxHz);
}

/** Where a frequency lies on the display, 0 at the bottom edge and 1 at the top: the middle of a band is its centre. */
export function bandHeight(hz: number, spec: FeatureSpec): number {
  const lowMel = hzToMel(spec.minHz);
  const stepMel = (hzToMel(spec.maxHz) - lowMel) / (spec.melBands + 1);
  const band = (hzToMel(hz) - lowMel) / stepMel - 1;
  return (band + 0.5) / spec.melBands;
}
