import { type ByteSource, fourCharacters, viewOf } from '../bytes';

/** A part of a file: a name, and the position of its content. */
export interface Chunk {
  readonly id: string;
  readonly start: number;
  /** As the header claims; may lie past the end of the file. */
  readonly claimedBytes: number;
}

/** The differences between WAV and AIFF. */
interface ChunkRules {
  readonly isLittleEndian: boolean;
  /** Names that may follow a chunk whose pad byte is missing. */
  readonly knownIds: ReadonlySet<string>;
}

/** A file with more chunks is not a sound file. A damaged one would be read in steps of 8 bytes. */
const MOST_CHUNKS = 1000;

/**
 * Iterates over the chunks of a RIFF or IFF file, from byte `start`.
 *
 * Sizes are trusted only as far as the file reaches; `skip` tells how many bytes a chunk really takes. A chunk of odd
 * size is followed by a pad byte, which some programs forget. If a known name stands in its place, it was forgotten.
 */
export async function* chunksOf(
  source: ByteSource,
  start: number,
  rules: ChunkRules,
  skip: (chunk: Chunk) => number = ({ claimedBytes }) => claimedBytes,
): AsyncGenerator<Chunk> {
  let position = start;
  for (let count = 0; count < MOST_CHUNKS && position + 8 <= source.size; count++) {
    const header = await source.read(position, position + 8);
    const claimedBytes = viewOf(header).getUint32(4, rules.isLittleEndian);
    const chunk: Chunk = { id: fourCharacters(header, 0), start: position + 8, claimedBytes };
    yield chunk;
    const end = chunk.start + skip(chunk);
    position = end % 2 === chunk.start % 2 ? end : await afterOddChunk(source, end, rules);
  }
}

/** Start of the next chunk after one of odd size that ends at `end`. */
async function afterOddChunk(source: ByteSource, end: number, { knownIds }: ChunkRules): Promise<number> {
  const bytes = await source.read(end, end + 5);
  const isPadForgotten = !knownIds.has(fourCharacters(bytes, 1)) && knownIds.has(fourCharacters(bytes, 0));
  return isPadForgotten ? end : end + 1;
}

/**
 * How many of the bytes from `start` are samples: as many as the header claims, or all that follow if the claim cannot
 * be true. Recorders write 0, 0x7FFFFFFF or 0xFFFFFFFF before they know, and leave it so if they lose power.
 */
export async function sampleBytes(
  source: ByteSource,
  { start, claimedBytes }: Chunk,
  rules: ChunkRules,
): Promise<number> {
  const rest = Math.max(0, source.size - start);
  if (claimedBytes > 0) return Math.min(claimedBytes, rest);
  // No samples follow if a well-known chunk does.
  return rules.knownIds.has(fourCharacters(await source.read(start, start + 4), 0)) ? 0 : rest;
}
