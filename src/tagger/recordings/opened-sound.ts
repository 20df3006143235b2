import { sampleByte } from '../../recordings/picture/column-bytes';
import { FineTiles, samplesOfTile, tileSeconds } from '../../recordings/picture/fine-tile';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { Sketch, Tile } from '../../shared/contracts/recordings/recording';
import { MonoReader } from '../../sound/mono';
import { PcmSound } from '../../sound/pcm/pcm-sound';
import type { SoundFile } from '../../sound/sound-file';

/** The range of rates at which sound is played: what browsers certainly accept. */
const LOWEST_RATE_HZ = 8000;
const HIGHEST_RATE_HZ = 48_000;

const FINER_LEVELS = [0, 1];

/** How much of the sound a place of a sketch covers. */
const SKETCH_SECONDS = 0.02;
/** Places of a sketch that are read at the same time. */
const SKETCH_READS = 32;

/** A reading that goes on where it was. */
interface Reading {
  readonly pieces: AsyncIterator<Float32Array>;
  /** Samples that were read beyond what was asked for. */
  rest: Float32Array;
  /** Where the next sample lies, in samples since the start. */
  position: number;
}

interface PlayedPiece {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** A file that a person looks at and hears. It reads forth from where it was, and jumps where that is asked. */
export class OpenedSound {
  readonly sound: SoundFile;
  readonly #spec: FeatureSpec;
  readonly #tiles: FineTiles;
  readonly #playedHz: number;
  #pictured: Reading | undefined;
  #played: Reading | undefined;
  /** Ends when the last tile that was asked for is made, and the last piece that is played is read. */
  #lastTile: Promise<unknown> = Promise.resolve();
  #lastPiece: Promise<unknown> = Promise.resolve();

  constructor(sound: SoundFile, spec: FeatureSpec) {
    this.sound = sound;
    this.#spec = spec;
    this.#tiles = new FineTiles(spec);
    this.#playedHz = Math.max(LOWEST_RATE_HZ, Math.min(HIGHEST_RATE_HZ, sound.sampleRateHz));
  }

  /** Ends all readings. */
  async close(): Promise<void> {
    await this.#pictured?.pieces.return?.();
    await this.#played?.pieces.return?.();
  }

  /** Makes tiles for nobody: decoders are loaded and compiled when they are first used, which no jump should wait for. */
  warmUp(): void {
    for (const level of FINER_LEVELS) this.tile(level, 0).catch(() => undefined);
  }

  /** Tiles are made one after the other: the view and the overview ask for them at once, and both go on with one reading. */
  tile(level: number, index: number): Promise<Tile> {
    const tile = this.#lastTile.then(() => this.#tile(level, index));
    this.#lastTile = tile.catch(() => undefined);
    return tile;
  }

  async #tile(level: number, index: number): Promise<Tile> {
    const rate = this.#spec.sampleRateHz;
    const from = Math.round(index * tileSeconds(level) * rate);
    const wanted = samplesOfTile(level, this.#spec);
    this.#pictured = await this.#at(this.#pictured, from, rate);
    const samples = await take(this.#pictured, wanted);
    // The next tile begins where the window of the last column does.
    const kept = Math.round((index + 1) * tileSeconds(level) * rate) - from;
    if (samples.length > kept) {
      this.#pictured.rest = joined(samples.subarray(kept), this.#pictured.rest);
      this.#pictured.position = from + kept;
    }
    return this.#tiles.tile(samples, level, index);
  }

  /** Pieces are read one after the other, as tiles are. */
  play(fromSeconds: number, seconds: number): Promise<PlayedPiece> {
    const piece = this.#lastPiece.then(() => this.#play(fromSeconds, seconds));
    this.#lastPiece = piece.catch(() => undefined);
    return piece;
  }

  async #play(fromSeconds: number, seconds: number): Promise<PlayedPiece> {
    const rate = this.#playedHz;
    const from = Math.round(fromSeconds * rate);
    this.#played = await this.#at(this.#played, from, rate);
    return { samples: await take(this.#played, Math.round(seconds * rate)), sampleRateHz: rate };
  }

  /** @returns undefined if a jump would have to read everything before it. */
  async sketch(places: number): Promise<Sketch | undefined> {
    const { sound } = this;
    if (!(sound instanceof PcmSound)) return undefined;
    const bytes = new Uint8Array(2 * places);
    const frames = Math.ceil(SKETCH_SECONDS * sound.sampleRateHz);
    const look = async (place: number): Promise<void> => {
      const [channel] = await sound.samplesAt((sound.claimedSeconds * place) / places, frames);
      let low = 0;
      let high = 0;
      for (const sample of channel ?? []) {
        if (sample < low) low = sample;
        if (sample > high) high = sample;
      }
      bytes[2 * place] = sampleByte(low);
      bytes[2 * place + 1] = sampleByte(high);
    };
    // Most of the time passes until a browser has read anything at all.
    for (let first = 0; first < places; first += SKETCH_READS) {
      const count = Math.min(SKETCH_READS, places - first);
      await Promise.all(Array.from({ length: count }, (_, i) => look(first + i)));
    }
    return { bytes };
  }

  /** A reading that is at a sample. */
  async #at(reading: Reading | undefined, position: number, rate: number): Promise<Reading> {
    if (reading?.position === position) return reading;
    await reading?.pieces.return?.();
    const pieces = new MonoReader(this.sound, rate).read(position / rate);
    return { pieces, rest: new Float32Array(), position };
  }
}

/** The next samples of a reading; fewer at the end. */
async function take(reading: Reading, count: number): Promise<Float32Array<ArrayBuffer>> {
  const taken = new Float32Array(count);
  let filled = 0;
  while (filled < count) {
    if (reading.rest.length === 0) {
      const { value, done } = await reading.pieces.next();
      if (done) break;
      reading.rest = value;
      continue;
    }
    const part = reading.rest.subarray(0, count - filled);
    taken.set(part, filled);
    filled += part.length;
    reading.rest = reading.rest.subarray(part.length);
  }
  reading.position += filled;
  return filled === count ? taken : taken.slice(0, filled);
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
