import { type ByteSource, fourCharacters, viewOf } from '../bytes';

/** A part of a file: a name, and where its content lies. */
export interface Chunk {
  readonly id: string;
  readonly start: number;
  /** As the header claims; may lie past the file's end. */
  readonly claimedBytes: number;
}

/** What differs between WAV and AIFF. */
interface ChunkRules {
  readonly isLittleEndian: boolean;
  /** Names that may follow a chunk whose pad byte somebody forgot. */
  readonly knownIds: ReadonlySet<string>;
}

/** More chunks than this are no sound file; a damaged one would be read in steps of 8 bytes. */
const MOST_CHUNKS = 1000;

/**
 * Walks over the chunks of a RIFF or IFF file, from byte `start`.
 *
 * Sizes are believed only as far as the file reaches; `skip` tells how many bytes a chunk really takes. A chunk of odd
 * size is followed by a pad byte, which some programs forget: where a known name stands without it, it was forgotten.
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

/** Where the next chunk starts after one of odd size that ends at `end`. */
async function afterOddChunk(source: ByteSource, end: number, { knownIds }: ChunkRules): Promise<number> {
  const bytes = await source.read(end, end + 5);
  const isPadForgotten = !knownIds.has(fourCharacters(bytes, 1)) && knownIds.has(fourCharacters(bytes, 0));
  return isPadForgotten ? end : end + 1;
}

/**
 * How many of the bytes from `start` on are samples: as many as the header claims, or all that follow where its claim
 * cannot be true. Recorders write 0, 0x7FFFFFFF or 0xFFFFFFFF before they know, and leave it so when they lose power.
 */
export async function sampleBytes(
  source: ByteSource,
  { start, claimedBytes }: Chunk,
  rules: ChunkRules,
): Promise<number> {
  const rest = Math.max(0, source.size - start);
  if (claimedBytes > 0) return Math.min(claimedBytes, rest);
  // No sample follows where a well-known chunk does.
  return rules.knownIds.has(fourCharacters(await source.read(start, start + 4), 0)) ? 0 : rest;
}
