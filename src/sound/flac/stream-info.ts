import { type ByteSource, fourCharacters, viewOf } from '../bytes';

/** What a FLAC stream says about itself. */
export interface StreamInfo {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Undefined if the encoder did not know. */
  readonly claimedFrames: number | undefined;
  /** The largest frame that the encoder wrote, in samples. */
  readonly mostBlockFrames: number;
}

const STREAM_INFO = 0;
const STREAM_INFO_BYTES = 34;
const MOST_BLOCKS = 1000;

/** Reads a STREAMINFO block. @returns undefined if it cannot be one. */
export function streamInfoOf(block: Uint8Array): StreamInfo | undefined {
  if (block.length < STREAM_INFO_BYTES) return undefined;
  const view = viewOf(block);
  const upper = view.getUint32(10);
  const sampleRateHz = upper >>> 12;
  if (sampleRateHz === 0) return undefined;
  const frames = (view.getUint8(13) & 15) * 2 ** 32 + view.getUint32(14);
  return {
    sampleRateHz,
    channels: ((upper >>> 9) & 7) + 1,
    bitsPerSample: ((upper >>> 4) & 31) + 1,
    claimedFrames: frames || undefined,
    mostBlockFrames: view.getUint16(2),
  };
}

/**
 * Reads the blocks in front of the frames of a FLAC file whose `fLaC` is at byte `start`.
 *
 * @returns undefined for other files, and if STREAMINFO is missing.
 */
export async function readFlacHeader(
  source: ByteSource,
  start: number,
): Promise<{ info: StreamInfo; framesStart: number } | undefined> {
  if (fourCharacters(await source.read(start, start + 4), 0) !== 'fLaC') return undefined;
  let info: StreamInfo | undefined;
  let position = start + 4;
  for (let count = 0; count < MOST_BLOCKS && position + 4 <= source.size; count++) {
    const head = await source.read(position, position + 4);
    const size = viewOf(head).getUint32(0) & 0xffffff;
    const [first = 0] = head;
    if ((first & 127) === STREAM_INFO) {
      info ??= streamInfoOf(await source.read(position + 4, position + 4 + STREAM_INFO_BYTES));
    }
    position += 4 + size;
    if (first & 128) break;
  }
  return info && { info, framesStart: position };
}
