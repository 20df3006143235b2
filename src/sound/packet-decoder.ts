import { PIECE_FRAMES, type SoundPiece } from './sound-file';

/** Decodes the packets of one stream, in order. Damaged packets give less sound, or none, and no exception. */
export interface PacketDecoder {
  /** @returns the samples of each channel. The next call may overwrite them. */
  decode(packets: readonly Uint8Array[]): readonly Float32Array[];
  /** What the decoder holds back until the stream ends. */
  end?(): readonly Float32Array[];
  /** Frees the decoder's memory. It cannot be used any more. */
  free(): void;
}

/**
 * Cuts what a decoder made into pieces of the promised length, which share its memory, and adapts the number of channels, which can change in
 * the middle of a stream: the first one stands for those that lack, and one alone is the mean of all.
 *
 * @param areIntegers whether the samples were integers: then damaged packets cannot make numbers of them that are none.
 */
export function* piecesOf(
  channels: readonly Float32Array[],
  wanted: number,
  areIntegers = false,
): Generator<SoundPiece> {
  const [first] = channels;
  if (!first) return;
  const adapted = wanted === 1 && channels.length > 1 ? [meanOf(channels)] : channels;
  for (let at = 0; at < first.length; at += PIECE_FRAMES) {
    const end = Math.min(first.length, at + PIECE_FRAMES);
    yield Array.from({ length: wanted }, (_, c) => {
      const piece = (adapted[c] ?? first).subarray(at, end) as Float32Array<ArrayBuffer>;
      return areIntegers ? piece : finite(piece);
    });
  }
}

function meanOf(channels: readonly Float32Array[]): Float32Array {
  return (channels[0] as Float32Array).map(
    (_, i) => channels.reduce((sum, channel) => sum + (channel[i] as number), 0) / channels.length,
  );
}

/** Damaged packets can decode to numbers that are none. */
function finite(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let i = 0; i < samples.length; i++) if (!Number.isFinite(samples[i])) samples[i] = 0;
  return samples;
}

/** Leaves out the first `frames` samples of each channel. */
export function without(channels: readonly Float32Array[], frames: number): readonly Float32Array[] {
  return frames <= 0 ? channels : channels.map((channel) => channel.subarray(frames));
}

/** Keeps the first `frames` samples of each channel. */
export function firstOf(channels: readonly Float32Array[], frames: number): readonly Float32Array[] {
  return channels.map((channel) => channel.subarray(0, Math.max(0, frames)));
}

/**
 * Runs a decoder with its console output dropped: libraries report each damaged packet there, and one line per file is
 * what a person gets. The work must be synchronous.
 */
export function quietly<T>(work: () => T): T {
  const { error } = console;
  console.error = () => undefined;
  try {
    return work();
  } finally {
    console.error = error;
  }
}
