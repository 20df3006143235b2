import type { OpenedRecording } from '../../../app/recordings/recordings-state';
import { LEVEL_BYTES, LEVEL_RATES, TILE_COLUMNS, type Tile } from '../../../shared/contracts/recordings/recording';
import { createColourMap } from '../../kit/chart/colour-map';
import type { Range } from './view-range';

/** Tiles that are kept: 16 MB of pictures. */
const MOST_TILES = 64;

/** A tile as it is drawn. */
export interface PaintedTile {
  readonly level: number;
  readonly fromSeconds: number;
  /** The picture, one pixel a column. */
  readonly canvas: HTMLCanvasElement;
  /** Lowest and highest sample of each column, two bytes each. */
  readonly extremes: Uint8Array;
  readonly columns: number;
}

/** Fetches tiles, paints them, and keeps the newest. */
export class TileCache {
  readonly #recording: OpenedRecording;
  readonly #onTile: () => void;
  readonly #tiles = new Map<string, PaintedTile>();
  readonly #asked = new Set<string>();
  readonly #colours = new Uint32Array(createColourMap().buffer);
  /** Wanted tiles, the most wanted last. One is fetched at a time: what has scrolled away meanwhile is not fetched. */
  #wanted: { readonly level: number; readonly index: number }[] = [];
  #isFetching = false;

  /** @param onTile called when another tile is there. */
  constructor(recording: OpenedRecording, onTile: () => void) {
    this.#recording = recording;
    this.#onTile = onTile;
  }

  /** Whether nothing is being fetched. */
  get isComplete(): boolean {
    return !this.#isFetching;
  }

  get hasTiles(): boolean {
    return this.#tiles.size > 0;
  }

  /** Tiles of a level that a view needs: those that are there; the others are fetched. */
  tiles(level: number, view: Range): PaintedTile[] {
    const found: PaintedTile[] = [];
    const wanted: { level: number; index: number }[] = [];
    for (const index of indices(level, view)) {
      const key = `${level} ${index}`;
      const tile = this.#tiles.get(key);
      if (tile) {
        found.push(tile);
        // The newest stand last.
        this.#tiles.delete(key);
        this.#tiles.set(key, tile);
      } else if (!this.#asked.has(key)) wanted.push({ level, index });
    }
    this.#wanted = [...this.#wanted.filter((other) => other.level !== level), ...wanted.reverse()];
    void this.#fetch();
    return found;
  }

  /** Tiles that were incomplete are fetched anew: more of the recording was tagged. */
  forgetIncomplete(): void {
    for (const [key, { columns }] of this.#tiles) if (columns < TILE_COLUMNS) this.#tiles.delete(key);
    this.#asked.clear();
  }

  async #fetch(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    for (let next = this.#wanted.pop(); next; next = this.#wanted.pop()) {
      const { level, index } = next;
      const key = `${level} ${index}`;
      if (this.#asked.has(key)) continue;
      this.#asked.add(key);
      const tile = await this.#recording.tile(level, index).catch(() => undefined);
      if (!tile || tile.bytes.length === 0) continue;
      this.#tiles.set(key, this.#paint(tile));
      this.#asked.delete(key);
      const [oldest] = this.#tiles.keys();
      if (this.#tiles.size > MOST_TILES) this.#tiles.delete(oldest as string);
      this.#onTile();
    }
    this.#isFetching = false;
  }

  #paint({ level, index, bytes }: Tile): PaintedTile {
    const { melBands } = this.#recording.spec;
    const size = LEVEL_BYTES + melBands;
    const columns = Math.floor(bytes.length / size);
    const canvas = document.createElement('canvas');
    canvas.width = columns;
    canvas.height = melBands;
    const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    const image = context.createImageData(columns, melBands);
    const pixels = new Uint32Array(image.data.buffer);
    const extremes = new Uint8Array(2 * columns);
    for (let column = 0; column < columns; column++) {
      const at = column * size;
      extremes[2 * column] = bytes[at] as number;
      extremes[2 * column + 1] = bytes[at + 1] as number;
      for (let band = 0; band < melBands; band++) {
        const colour = this.#colours[bytes[at + LEVEL_BYTES + band] as number] as number;
        // Low bands are at the bottom.
        pixels[(melBands - 1 - band) * columns + column] = colour;
      }
    }
    context.putImageData(image, 0, 0);
    const fromSeconds = (index * TILE_COLUMNS) / (LEVEL_RATES[level] as number);
    return { level, fromSeconds, canvas, extremes, columns };
  }
}

function indices(level: number, { fromSeconds, toSeconds }: Range): number[] {
  const seconds = TILE_COLUMNS / (LEVEL_RATES[level] as number);
  const first = Math.floor(fromSeconds / seconds);
  const last = Math.ceil(toSeconds / seconds) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
