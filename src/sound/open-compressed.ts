import { type ByteSource, fourCharacters, viewOf } from './bytes';
import { foreignFormat, isArchive, isAudible, isOtherFile } from './other-files';
import { SoundError } from './sound-error';
import type { SoundFile } from './sound-file';
import { afterId3 } from './tags';

/** Boxes that an MP4 or QuickTime file can begin with. */
const mp4Boxes = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp', 'moof', 'sidx']);
const MATROSKA = 0x1a45dfa3;
const TS_PACKET_BYTES = 188;

/** Opens a compressed file, recognised by its content. @param places as of `openSound`. @throws SoundError. */
export async function openCompressed(source: ByteSource, places?: readonly number[]): Promise<SoundFile> {
  const start = await afterId3(source);
  const head = await source.read(start, start + 2 * TS_PACKET_BYTES + 1);
  const magic = fourCharacters(head, 0);
  if (isArchive(head)) throw new SoundError('archive');
  if (isAudible(head)) throw new SoundError('protected');
  if (isOtherFile(head)) throw new SoundError('not-sound');
  const foreign = foreignFormat(head);
  if (foreign) throw new SoundError('unknown-codec', foreign);
  if (magic === 'OggS') return (await import('./ogg/ogg-sound')).OggSound.open(source, places);
  if (magic === 'fLaC') {
    const flac = await (await import('./flac/flac-sound')).FlacSound.open(source, start);
    if (flac) return flac;
  }
  if (isContainer(head)) return (await import('./container/container-sound')).ContainerSound.open(source);
  const mpeg = await (await import('./mpeg/mpeg-sound')).MpegSound.open(source, start, 'MP3', places);
  if (mpeg) return mpeg;
  throw new SoundError('undecodable');
}

function isContainer(head: Uint8Array): boolean {
  if (head.length < 12) return false;
  const isAdts = head[0] === 0xff && ((head[1] as number) & 0xf6) === 0xf0;
  const isTransportStream = [0, 1, 2].every((packet) => head[packet * TS_PACKET_BYTES] === 0x47);
  return mp4Boxes.has(fourCharacters(head, 4)) || viewOf(head).getUint32(0) === MATROSKA || isAdts || isTransportStream;
}
