import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import {
  FIRST_STORED_LEVEL,
  LEVEL_BYTES,
  LEVEL_RATES,
  TILE_COLUMNS,
  type Tile,
} from '../../shared/contracts/recordings/recording';
import { BandScale, columnBytes, sampleByte } from './column-bytes';

/** Each stored level has an eighth of the columns of the one below. */
const STEP = 8;
const FINEST_RATE = LEVEL_RATES[FIRST_STORED_LEVEL] as number;

/** The tiles of one level, of which the last one is being filled. */
class LevelTiles {
  readonly level: number;
  readonly #columnBytes: number;
  readonly #above: LevelTiles | undefined;
  #index: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #filled = 0;
  #isChanged = false;
  #complete: Tile[] = [];

  constructor(level: number, size: number, fromSeconds: number, begun: readonly Tile[], above: LevelTiles | undefined) {
    this.level = level;
    this.#columnBytes = size;
    this.#above = above;
    const columns = Math.round(fromSeconds * (LEVEL_RATES[level] as number));
    this.#index = Math.floor(columns / TILE_COLUMNS);
    this.#bytes = new Uint8Array(TILE_COLUMNS * size);
    this.#filled = columns % TILE_COLUMNS;
    const before = begun.find((tile) => tile.level === level && tile.index === this.#index);
    if (before) this.#bytes.set(before.bytes.subarray(0, this.#filled * size));
  }

  /** Adds a column. */
  push(column: Uint8Array): void {
    this.#bytes.set(column, this.#filled * this.#columnBytes);
    this.#filled++;
    this.#isChanged = true;
    if (this.#filled % STEP === 0) this.#pass(STEP);
    if (this.#filled < TILE_COLUMNS) return;
    this.#complete.push({ level: this.level, index: this.#index, bytes: this.#bytes });
    this.#index++;
    this.#bytes = new Uint8Array(TILE_COLUMNS * this.#columnBytes);
    this.#filled = 0;
    this.#isChanged = false;
  }

  /** Passes on the columns that are too few for one of the next level: the recording is over. */
  finish(): void {
    if (this.#filled % STEP > 0) this.#pass(this.#filled % STEP);
    this.#above?.finish();
  }

  /** Tiles that changed since the last call. */
  take(): Tile[] {
    const tiles = this.#complete;
    this.#complete = [];
    if (!this.#isChanged) return tiles;
    this.#isChanged = false;
    const bytes = this.#bytes.slice(0, this.#filled * this.#columnBytes);
    return [...tiles, { level: this.level, index: this.#index, bytes }];
  }

  #pass(count: number): void {
    if (!this.#above) return;
    const size = this.#columnBytes;
    const first = this.#filled - count;
    const joined = new Uint8Array(size);
    for (let at = 0; at < size; at++) {
      const values = Array.from({ length: count }, (_, i) => this.#bytes[(first + i) * size + at] as number);
      joined[at] = at === 0 ? Math.min(...values) : at === 1 ? Math.max(...values) : between(values);
    }
    this.#above.push(joined);
  }
}

/** Half-way between the mean, which hides short sounds, and the highest, which makes noise brighter the coarser a level is. */
function between(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.round((mean + Math.max(...values)) / 2);
}

/** The picture of a recording at the levels that are stored, made while it is tagged. */
export class ColumnPyramid {
  readonly #scale: BandScale;
  readonly #spec: FeatureSpec;
  readonly #finest: LevelTiles;
  readonly #levels: readonly LevelTiles[];
  readonly #samplesPerColumn: number;
  /** Lowest and highest sample of the columns that lack their bands. */
  #extremes: { low: number; high: number }[] = [];
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #samples = 0;
  /** Columns of the model so far, and those of them in the column that is being made. */
  #columns = 0;
  #sum: Float64Array;
  #max: Float64Array;
  #count = 0;
  #waiting: Uint8Array[] = [];

  /** @param fromSeconds where the samples begin: between two tiles of the finest stored level. */
  constructor(spec: FeatureSpec, fromSeconds: number, begun: readonly Tile[]) {
    this.#spec = spec;
    this.#scale = new BandScale(spec);
    this.#samplesPerColumn = spec.sampleRateHz / FINEST_RATE;
    this.#sum = new Float64Array(spec.melBands);
    this.#max = new Float64Array(spec.melBands).fill(Number.NEGATIVE_INFINITY);
    const levels: LevelTiles[] = [];
    for (let level = LEVEL_RATES.length - 1; level >= FIRST_STORED_LEVEL; level--) {
      levels.unshift(new LevelTiles(level, columnBytes(spec), fromSeconds, begun, levels[0]));
    }
    this.#levels = levels;
    this.#finest = levels[0] as LevelTiles;
  }

  /** Takes the samples that the columns are made of. Call it before {@link pushColumns}. */
  pushSamples(samples: Float32Array): void {
    for (let at = 0; at < samples.length; ) {
      const end = Math.ceil((this.#extremes.length + this.#passed + 1) * this.#samplesPerColumn);
      const count = Math.min(samples.length - at, end - this.#samples);
      for (let i = at; i < at + count; i++) {
        const sample = samples[i] as number;
        if (sample < this.#low) this.#low = sample;
        if (sample > this.#high) this.#high = sample;
      }
      at += count;
      this.#samples += count;
      if (this.#samples >= end) this.#endExtremes();
    }
    this.#join();
  }

  /** Takes the model's columns, [columns, melBands]. */
  pushColumns(columns: Float32Array): void {
    const { melBands, hopSamples, sampleRateHz } = this.#spec;
    const secondsPerColumn = hopSamples / sampleRateHz;
    for (let at = 0; at < columns.length; at += melBands) {
      for (let band = 0; band < melBands; band++) {
        const value = columns[at + band] as number;
        this.#sum[band] = (this.#sum[band] as number) + value;
        if (value > (this.#max[band] as number)) this.#max[band] = value;
      }
      this.#count++;
      this.#columns++;
      const isLast = Math.floor(this.#columns * secondsPerColumn * FINEST_RATE + 1e-6) > this.#made;
      if (isLast) this.#endColumn();
    }
    this.#join();
  }

  /** The samples are over. */
  finish(): void {
    if (this.#samples > (this.#extremes.length + this.#passed) * this.#samplesPerColumn) this.#endExtremes();
    this.#join();
    this.#finest.finish();
  }

  /** Tiles that changed since the last call. */
  take(): Tile[] {
    return this.#levels.flatMap((level) => level.take());
  }

  #passed = 0;
  #made = 0;

  #endExtremes(): void {
    this.#extremes.push({ low: this.#low, high: this.#high });
    this.#low = Number.POSITIVE_INFINITY;
    this.#high = Number.NEGATIVE_INFINITY;
  }

  #endColumn(): void {
    const bands = Uint8Array.from(this.#sum, (sum, band) =>
      this.#scale.byteOf((sum / this.#count + (this.#max[band] as number)) / 2),
    );
    this.#sum.fill(0);
    this.#max.fill(Number.NEGATIVE_INFINITY);
    this.#count = 0;
    this.#made++;
    this.#waiting.push(bands);
  }

  /** Puts samples and bands of the same time together. Columns of the silence behind the recording are left over. */
  #join(): void {
    const count = Math.min(this.#extremes.length, this.#waiting.length);
    for (let i = 0; i < count; i++) {
      const { low, high } = this.#extremes[i] as { low: number; high: number };
      const column = new Uint8Array(columnBytes(this.#spec));
      column[0] = sampleByte(low);
      column[1] = sampleByte(high);
      column.set(this.#waiting[i] as Uint8Array, LEVEL_BYTES);
      this.#finest.push(column);
    }
    this.#extremes.splice(0, count);
    this.#waiting.splice(0, count);
    this.#passed += count;
  }
}
