import type { OpenedRecording } from '../../../app/recordings/recordings-state';
import { LEVEL_BYTES, LEVEL_RATES, type Tile, tileColumns } from '../../../shared/contracts/recordings/recording';
import { createColourMap } from '../../kit/chart/colour-map';
import type { Range } from './view-range';

/** Columns that are kept: 16 MB of pictures. */
const MOST_COLUMNS = 32_768;
/** Tiles that are fetched at once: while one is painted, the next is made. */
const MOST_FETCHING = 2;

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

interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** Fetches tiles, paints them, and keeps the newest. */
export class TileCache {
  readonly #recording: OpenedRecording;
  readonly #onTile: () => void;
  readonly #tiles = new Map<string, PaintedTile>();
  readonly #asked = new Set<string>();
  readonly #colours = new Uint32Array(createColourMap().buffer);
  /** Wanted tiles, the most wanted last. Few are fetched at a time: what has scrolled away meanwhile is not fetched. */
  #wanted: TilePlace[] = [];
  #fetching = 0;

  /** @param onTile called when another tile is there. */
  constructor(recording: OpenedRecording, onTile: () => void) {
    this.#recording = recording;
    this.#onTile = onTile;
  }

  /** Whether nothing is being fetched. */
  get isComplete(): boolean {
    return this.#fetching === 0;
  }

  get hasTiles(): boolean {
    return this.#tiles.size > 0;
  }

  /** Tiles of a level that a view needs: those that are there; the others are fetched. */
  tiles(level: number, view: Range): PaintedTile[] {
    const found: PaintedTile[] = [];
    const wanted: TilePlace[] = [];
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
    this.#fetchWanted();
    return found;
  }

  /** Tiles that were incomplete are fetched anew: more of the recording was tagged. */
  forgetIncomplete(): void {
    for (const [key, { level, columns }] of this.#tiles) if (columns < tileColumns(level)) this.#tiles.delete(key);
    this.#asked.clear();
  }

  #fetchWanted(): void {
    while (this.#fetching < MOST_FETCHING) {
      const place = this.#wanted.pop();
      if (!place) return;
      void this.#fetch(place);
    }
  }

  async #fetch({ level, index }: TilePlace): Promise<void> {
    const key = `${level} ${index}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.#fetching++;
    const tile = await this.#recording.tile(level, index).catch(() => undefined);
    this.#fetching--;
    this.#fetchWanted();
    // What has no tile is not asked for again.
    if (!tile || tile.bytes.length === 0) return;
    this.#tiles.set(key, this.#paint(tile));
    this.#asked.delete(key);
    this.#forgetOldest();
    this.#onTile();
  }

  #forgetOldest(): void {
    let columns = 0;
    for (const tile of this.#tiles.values()) columns += tile.columns;
    for (const [key, tile] of this.#tiles) {
      if (columns <= MOST_COLUMNS) return;
      this.#tiles.delete(key);
      columns -= tile.columns;
    }
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
    const fromSeconds = (index * tileColumns(level)) / (LEVEL_RATES[level] as number);
    return { level, fromSeconds, canvas, extremes, columns };
  }
}

function indices(level: number, { fromSeconds, toSeconds }: Range): number[] {
  const seconds = tileColumns(level) / (LEVEL_RATES[level] as number);
  const first = Math.floor(fromSeconds / seconds);
  const last = Math.ceil(toSeconds / seconds) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
