import { type ByteSource, fourCharacters, viewOf } from '../bytes';

/** A stretch of the media that is to be heard. */
export interface Edit {
  /** In seconds of the media. */
  readonly startSeconds: number;
  /** Undefined if it reaches to the end. */
  readonly seconds: number | undefined;
}

/** What an MP4 or QuickTime file says about its first track of sound. */
export interface Mp4Facts {
  /** The brand of the file: `M4A `, `qt  `, `3gp4`; empty in old QuickTime files. */
  readonly brand: string;
  /** Whether it has tracks at all: what lists them is often the last thing in a file. */
  readonly hasTracks: boolean;
  /** The format of the samples: `mp4a`, `alac`, `samr`. Undefined if there is no track of sound. */
  readonly format: string | undefined;
  /** The sample description behind the format's name and its fixed part: boxes, of which some hold a codec's settings. */
  readonly description: Uint8Array;
  readonly edits: readonly Edit[];
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Track {
  isSound: boolean;
  timescale: number;
  format?: string;
  description?: Uint8Array;
  edits: { seconds: number; mediaTime: number }[];
}

/** A damaged file could name endless boxes. */
const MOST_BOXES = 10_000;
const MOST_DESCRIPTION_BYTES = 65_536;
const containers = new Set(['moov', 'trak', 'edts', 'mdia', 'minf', 'stbl']);

/** Reads what {@link Mp4Facts} names. Damaged boxes end the reading early. */
export async function readMp4Facts(source: ByteSource): Promise<Mp4Facts> {
  const tracks: Track[] = [];
  let movieTimescale = 1000;
  let brand = '';
  let boxes = 0;
  const visit = async (start: number, end: number): Promise<void> => {
    for await (const box of boxesOf(source, start, end)) {
      if (++boxes > MOST_BOXES) return;
      if (box.type === 'trak') tracks.push({ isSound: false, timescale: 1, edits: [] });
      if (containers.has(box.type)) {
        await visit(box.start, box.end);
        continue;
      }
      if (!['ftyp', 'mvhd', 'mdhd', 'hdlr', 'elst', 'stsd'].includes(box.type)) continue;
      const bytes = await source.read(box.start, Math.min(box.end, box.start + MOST_DESCRIPTION_BYTES));
      if (box.type === 'ftyp') brand = fourCharacters(bytes, 0);
      else if (box.type === 'mvhd') movieTimescale = timescaleOf(bytes) || movieTimescale;
      else describeTrack(tracks.at(-1), box.type, bytes, movieTimescale);
    }
  };
  await visit(0, source.size);
  const track = tracks.find(({ isSound, format }) => isSound && format !== undefined);
  return {
    brand,
    hasTracks: tracks.length > 0,
    format: track?.format,
    description: track?.description ?? new Uint8Array(),
    edits: (track?.edits ?? []).map(({ mediaTime, seconds }) => ({
      startSeconds: mediaTime / (track?.timescale ?? 1),
      seconds: seconds > 0 ? seconds : undefined,
    })),
  };
}

async function* boxesOf(source: ByteSource, start: number, end: number): AsyncGenerator<Box> {
  let position = start;
  while (position + 8 <= end) {
    const head = await source.read(position, position + 16);
    if (head.length < 8) return;
    const view = viewOf(head);
    const size32 = view.getUint32(0);
    const isLarge = size32 === 1 && head.length === 16;
    const size = isLarge ? Number(view.getBigUint64(8)) : size32 || end - position;
    const contentStart = position + (isLarge ? 16 : 8);
    if (size < contentStart - position) return;
    yield { type: fourCharacters(head, 4), start: contentStart, end: Math.min(end, position + size) };
    position += size;
  }
}

/** Reads one box of a track. */
function describeTrack(track: Track | undefined, type: string, bytes: Uint8Array, movieTimescale: number): void {
  if (!track) return;
  if (type === 'hdlr') track.isSound ||= fourCharacters(bytes, 8) === 'soun';
  if (type === 'mdhd') track.timescale = timescaleOf(bytes) || 1;
  if (type === 'elst') track.edits = editsOf(bytes, movieTimescale);
  if (type === 'stsd' && bytes.length >= 16) {
    track.format = fourCharacters(bytes, 12);
    track.description = bytes.slice(16);
  }
}

/** The time scale of an `mvhd` or `mdhd` box, in units a second. */
function timescaleOf(bytes: Uint8Array): number {
  const at = bytes[0] === 1 ? 20 : 12;
  return bytes.length >= at + 4 ? viewOf(bytes).getUint32(at) : 0;
}

/** Edits with a place in the media. An empty edit only delays what follows. */
function editsOf(bytes: Uint8Array, movieTimescale: number): Track['edits'] {
  if (bytes.length < 8) return [];
  const view = viewOf(bytes);
  const isLarge = bytes[0] === 1;
  const entryBytes = isLarge ? 20 : 12;
  const count = Math.min(view.getUint32(4), Math.floor((bytes.length - 8) / entryBytes));
  return Array.from({ length: count }, (_, i) => {
    const at = 8 + i * entryBytes;
    const duration = isLarge ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const mediaTime = isLarge ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    return { seconds: duration / movieTimescale, mediaTime };
  }).filter(({ mediaTime }) => mediaTime >= 0);
}

/** Content of the first box of a type in a sample description, wherever it stands in it. */
export function boxIn(description: Uint8Array, type: string): Uint8Array | undefined {
  for (let at = 4; at + 4 <= description.length; at++) {
    if (fourCharacters(description, at) !== type) continue;
    const size = viewOf(description).getUint32(at - 4);
    if (size >= 8 && at - 4 + size <= description.length) return description.slice(at + 4, at - 4 + size);
  }
  return undefined;
}
