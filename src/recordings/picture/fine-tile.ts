import { LogMelExtractor } from '../../dsp/log-mel';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { LEVEL_BYTES, LEVEL_RATES, type Tile, tileColumns } from '../../shared/contracts/recordings/recording';
import { BandScale, columnBytes, sampleByte } from './column-bytes';

/** Seconds that a tile of a level covers. */
export function tileSeconds(level: number): number {
  return tileColumns(level) / (LEVEL_RATES[level] as number);
}

/** How many samples a tile needs, of which the last ones lie in the window of its last column. */
export function samplesOfTile(level: number, { sampleRateHz, fftSize }: FeatureSpec): number {
  return Math.ceil(tileSeconds(level) * sampleRateHz) + fftSize;
}

/** Makes tiles that are finer than what is stored. */
export class FineTiles {
  readonly #spec: FeatureSpec;
  readonly #scale: BandScale;
  /** By level. Each has tables that take a tenth of the time of a tile. */
  readonly #extractors = new Map<number, LogMelExtractor>();

  constructor(spec: FeatureSpec) {
    this.#spec = spec;
    this.#scale = new BandScale(spec);
  }

  /** @param samples from the tile's start on, at the spec's rate; fewer at the end of the recording. */
  tile(samples: Float32Array, level: number, index: number): Tile {
    const hopSamples = hopOf(level, this.#spec);
    const size = columnBytes(this.#spec);
    const columns = Math.min(tileColumns(level), Math.ceil(samples.length / hopSamples));
    const bytes = new Uint8Array(columns * size);
    let column = 0;
    const padded = paddedTo(samples, columns * hopSamples + this.#spec.fftSize);
    this.#extractor(level).push(padded, (values) => {
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
        bytes[at + LEVEL_BYTES + band] = this.#scale.byteOf(values[band] as number);
      }
      column++;
    });
    return { level, index, bytes };
  }

  #extractor(level: number): LogMelExtractor {
    const known = this.#extractors.get(level);
    known?.reset();
    if (known) return known;
    const made = new LogMelExtractor({ ...this.#spec, hopSamples: hopOf(level, this.#spec) });
    this.#extractors.set(level, made);
    return made;
  }
}

/** So many samples, with silence behind them where there are fewer. */
function paddedTo(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples.subarray(0, length);
  const padded = new Float32Array(length);
  padded.set(samples);
  return padded;
}

function hopOf(level: number, { sampleRateHz }: FeatureSpec): number {
  return Math.round(sampleRateHz / (LEVEL_RATES[level] as number));
}
