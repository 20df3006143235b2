import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { hzToMel, melToHz } from '../../../shared/lib/math/mel';

/** Where a frequency lies in the picture: 0 is the bottom, 1 the top. */
export function heightOf(hz: number, { minHz, maxHz }: FeatureSpec): number {
  return (hzToMel(hz) - hzToMel(minHz)) / (hzToMel(maxHz) - hzToMel(minHz));
}

/** The frequency at a height of the picture. */
export function hzAt(height: number, { minHz, maxHz }: FeatureSpec): number {
  const share = Math.max(0, Math.min(1, height));
  return melToHz(hzToMel(minHz) + share * (hzToMel(maxHz) - hzToMel(minHz)));
}
