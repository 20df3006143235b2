import type { FeatureSpec } from '../shared/contracts/model/feature-spec';
import { hzToMel, melToHz } from '../shared/lib/math/mel';

/**
 * Sparse mel filters: band b weighs the power bins firstBin[b] … firstBin[b] + weights[b].length − 1.
 */
export interface MelFilterbank {
  readonly firstBin: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** Area below the triangle that rises from `left` to 1 at `peak` and falls to `right`, from −∞ to `hz`. */
function triangleAreaUpTo(hz: number, left: number, peak: number, right: number): number {
  if (hz <= left) return 0;
  if (hz <= peak) return (hz - left) ** 2 / (2 * (peak - left));
  const whole = (right - left) / 2;
  if (hz >= right) return whole;
  return whole - (right - hz) ** 2 / (2 * (right - peak));
}

/**
 * Triangular filters with corners evenly spaced on the mel scale. Each sums to 1, so a band holds the mean power around
 * its centre.
 *
 * A bin's weight is the triangle's area over the bin's width, not its height at the bin's centre: the lowest bands are
 * narrower than a bin, and some would be empty if sampled at bin centres.
 */
export function createMelFilterbank(spec: FeatureSpec): MelFilterbank {
  const { melBands, fftSize, sampleRateHz, minHz, maxHz } = spec;
  const binHz = sampleRateHz / fftSize;
  const lastBin = fftSize / 2;
  const lowMel = hzToMel(minHz);
  const stepMel = (hzToMel(maxHz) - lowMel) / (melBands + 1);
  const cornerHz = Array.from({ length: melBands + 2 }, (_, i) => melToHz(lowMel + i * stepMel));

  const firstBin = new Int32Array(melBands);
  const weights: Float32Array[] = [];
  for (let band = 0; band < melBands; band++) {
    const [left, peak, right] = cornerHz.slice(band, band + 3) as [number, number, number];
    const first = Math.min(lastBin, Math.round(left / binHz));
    const last = Math.min(lastBin, Math.round(right / binHz));
    const areas = Array.from({ length: last - first + 1 }, (_, i) => {
      const centreHz = (first + i) * binHz;
      return (
        triangleAreaUpTo(centreHz + binHz / 2, left, peak, right) -
        triangleAreaUpTo(centreHz - binHz / 2, left, peak, right)
      );
    });
    const total = areas.reduce((sum, area) => sum + area, 0);
    firstBin[band] = first;
    weights.push(Float32Array.from(areas, (area) => area / total));
  }
  return { firstBin, weights };
}
