import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { hzToMel } from '../../../shared/lib/math/mel';

const TICKS_HZ = [200, 500, 1000, 2000, 5000, 10_000];

/** The round frequencies within the display, in Hz. */
export function tickFrequencies(spec: FeatureSpec): number[] {
  return TICKS_HZ.filter((hz) => hz > spec.minHz && hz < spec.maxHz);
}

/**
 * Vertical position of a frequency on the display, 0 at the bottom edge and 1 at the top. A band's centre is at the
 * middle of its row.
 */
export function bandHeight(hz: number, spec: FeatureSpec): number {
  const lowMel = hzToMel(spec.minHz);
  const stepMel = (hzToMel(spec.maxHz) - lowMel) / (spec.melBands + 1);
  const band = (hzToMel(hz) - lowMel) / stepMel - 1;
  return (band + 0.5) / spec.melBands;
}
