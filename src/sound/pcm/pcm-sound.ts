import { PIECE_FRAMES, type SoundFile, type SoundPiece, type StartTime } from '../sound-file';
import type { SampleFormat } from './layout';
import type { PcmFile } from './pcm-file';

const codecs: { readonly [Format in SampleFormat]?: string } = {
  f32: 'PCM float',
  f64: 'PCM float',
  alaw: 'A-law',
  ulaw: 'µ-law',
  'ima-adpcm': 'IMA ADPCM',
  ima4: 'IMA ADPCM',
  'ms-adpcm': 'MS ADPCM',
};

/** An uncompressed file (or ADPCM) as a {@link SoundFile}. */
export class PcmSound implements SoundFile {
  readonly decoder = 'Earmark';
  readonly container: string;
  readonly codec: string;
  readonly bitsPerSample: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly startTime: StartTime | undefined;
  readonly claimedSeconds: number;
  readonly #file: PcmFile;

  constructor(file: PcmFile, startTime: StartTime | undefined) {
    const { container, format, bitsPerSample, channels, sampleRateHz } = file.layout;
    this.#file = file;
    this.container = container;
    this.codec = codecs[format] ?? 'PCM';
    this.bitsPerSample = bitsPerSample;
    this.channels = channels;
    this.sampleRateHz = Math.round(sampleRateHz);
    this.startTime = startTime;
    this.claimedSeconds = file.durationSeconds;
  }

  /** A few samples from a place on, one array per channel, without those around them. */
  samplesAt(startSeconds: number, frames: number): Promise<SoundPiece> {
    return this.#file.read(Math.round(startSeconds * this.sampleRateHz), frames);
  }

  async *readPieces(startSeconds = 0): AsyncGenerator<SoundPiece> {
    const { frames } = this.#file.layout;
    // Many channels would make long pieces large.
    const pieceFrames = Math.ceil(PIECE_FRAMES / Math.ceil(this.channels / 2));
    const room = this.#file.roomFor(Math.min(pieceFrames, frames));
    for (let at = Math.round(startSeconds * this.sampleRateHz); at < frames; at += pieceFrames) {
      const piece = await this.#file.read(at, pieceFrames, room);
      if (piece[0]?.length === 0) return;
      yield piece;
    }
  }
}
