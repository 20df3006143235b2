import { LogMelExtractor } from '../../dsp/log-mel';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { LEVEL_BYTES, LEVEL_RATES, TILE_COLUMNS, type Tile } from '../../shared/contracts/recordings/recording';
import { BandScale, columnBytes, sampleByte } from './column-bytes';

/** Seconds that a tile of a level covers. */
export function tileSeconds(level: number): number {
  return TILE_COLUMNS / (LEVEL_RATES[level] as number);
}

/** How many samples a tile needs, of which the last ones lie in the window of its last column. */
export function samplesOfTile(level: number, { sampleRateHz, fftSize }: FeatureSpec): number {
  return Math.ceil(tileSeconds(level) * sampleRateHz) + fftSize;
}

/**
 * A tile that is finer than what is stored.
 *
 * @param samples from the tile's start on, at the spec's rate; fewer at the end of the recording.
 */
export function fineTile(samples: Float32Array, level: number, index: number, spec: FeatureSpec): Tile {
  const rate = LEVEL_RATES[level] as number;
  const hopSamples = Math.round(spec.sampleRateHz / rate);
  const size = columnBytes(spec);
  const scale = new BandScale(spec);
  const columns = Math.min(TILE_COLUMNS, Math.ceil(samples.length / hopSamples));
  const bytes = new Uint8Array(columns * size);
  let column = 0;
  const padded = new Float32Array(columns * hopSamples + spec.fftSize);
  padded.set(samples.subarray(0, padded.length));
  new LogMelExtractor({ ...spec, hopSamples }).push(padded, (values) => {
    if (column === columns) return;
    const at = column * size;
    let low = 1;
    let high = -1;
    for (let i = column * hopSamples; i < (column + 1) * hopSamples; i++) {
      const sample = padded[i] as number;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    bytes[at] = sampleByte(low);
    bytes[at + 1] = sampleByte(high);
    for (let band = 0; band < values.length; band++) {
      bytes[at + LEVEL_BYTES + band] = scale.byteOf(values[band] as number);
    }
    column++;
  });
  return { level, index, bytes };
}
