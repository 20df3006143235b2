/**
 * Consecutive samples, one array per channel. Full scale is ±1; values beyond it are kept, and all are finite. The next
 * piece may overwrite them.
 */
export type SoundPiece = readonly Float32Array<ArrayBuffer>[];

/** Largest number of samples per channel in a piece. */
export const PIECE_FRAMES = 65_536;

/** When a recording began, as its file says. */
export interface StartTime {
  /** The recorder's clock, without a zone: `2025-06-01T04:30:00`. */
  readonly localTime: string;
  /** Undefined if the file does not say in which zone the clock was. */
  readonly utcOffsetMinutes?: number;
  /** Where the file says it: a Broadcast Wave chunk, GUANO metadata, or a comment such as AudioMoth's. */
  readonly source: 'bext' | 'guano' | 'comment';
}

/** An open sound file. Nothing of it stays in memory but what a decoder needs at the moment. */
export interface SoundFile {
  /** `WAV`, `FLAC`, `MP3`, `Ogg`, `MP4`, `Matroska`, … */
  readonly container: string;
  /** `PCM`, `PCM float`, `A-law`, `MP3`, `Opus`, `AAC`, … */
  readonly codec: string;
  /** Undefined for lossy codecs, which have no such number. */
  readonly bitsPerSample: number | undefined;
  readonly channels: number;
  /** A whole number from 2 to 500 kHz. */
  readonly sampleRateHz: number;
  /** What decodes it: `Earmark`, a library's name, `WebCodecs` or `ffmpeg`. */
  readonly decoder: string;
  readonly startTime: StartTime | undefined;
  /** What the header claims, for progress. Exact only for uncompressed sound; reading tells the true duration. */
  readonly claimedSeconds: number | undefined;
  /**
   * Bytes at which the sound can be entered, as far as it was read: of formats that have no index. Given back when the file
   * is opened again, they spare a jump to read everything before it.
   */
  readonly places?: readonly number[] | undefined;
  /**
   * Reads the samples from `startSeconds` on, in order, in pieces of at most {@link PIECE_FRAMES} samples per channel.
   * Several readings may run at once.
   *
   * @throws SoundError if the file cannot be decoded any further, or its bytes are out of reach.
   */
  readPieces(startSeconds?: number): AsyncGenerator<SoundPiece>;
}
