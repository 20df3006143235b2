import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

/** Puts something at a path that looks like a sound and is none. */
type Damage = (path: string) => void;

const bytes =
  (...parts: (string | readonly number[] | Uint8Array)[]): Damage =>
  (path) =>
    writeFileSync(path, joined(...parts));

function joined(...parts: (string | readonly number[] | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part as Uint8Array))),
  );
}

const zeros = (count: number): number[] => new Array(count).fill(0);
/** Bytes that are the same at every run. */
const junk = (count: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 2654435761) ^ Math.imul(seed, 40503)) >>> 13);

interface WavFacts {
  readonly codec?: number;
  readonly channels?: number;
  readonly rateHz?: number;
  readonly bits?: number;
  readonly chunks?: 'both' | 'no-fmt' | 'no-data';
}

/** A WAV file whose header says something impossible. */
function wav({ codec = 1, channels = 1, rateHz = 32_000, bits = 16, chunks = 'both' }: WavFacts): Buffer {
  const fmt = Buffer.alloc(24);
  fmt.write('fmt ', 0, 'latin1');
  fmt.writeUInt32LE(16, 4);
  fmt.writeUInt16LE(codec, 8);
  fmt.writeUInt16LE(channels, 10);
  fmt.writeUInt32LE(rateHz, 12);
  fmt.writeUInt32LE(0, 16);
  fmt.writeUInt16LE(0, 20);
  fmt.writeUInt16LE(bits, 22);
  const data = Buffer.concat([Buffer.from('data\x00\x04\x00\x00', 'latin1'), junk(1024)]);
  const content = Buffer.concat([...(chunks === 'no-fmt' ? [] : [fmt]), ...(chunks === 'no-data' ? [] : [data])]);
  const riff = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  riff.writeUInt32LE(4 + content.length, 4);
  return Buffer.concat([riff, content]);
}

/** Forty ways in which a file called `.wav` is no sound. */
export const damages: Readonly<Record<string, Damage>> = {
  empty: bytes(''),
  'one-byte': bytes('R'),
  'riff-4': bytes('RIFF'),
  'riff-12': bytes(wav({}).subarray(0, 12)),
  'riff-20': bytes(wav({}).subarray(0, 20)),
  'riff-44': bytes(wav({}).subarray(0, 44)),
  'no-fmt': bytes(wav({ chunks: 'no-fmt' })),
  'no-data': bytes(wav({ chunks: 'no-data' })),
  'no-channels': bytes(wav({ channels: 0 })),
  'channels-65535': bytes(wav({ channels: 65_535 })),
  'rate-0': bytes(wav({ rateHz: 0 })),
  'rate-1': bytes(wav({ rateHz: 1 })),
  'rate-huge': bytes(wav({ rateHz: 0xfffffff0 })),
  'bits-0': bytes(wav({ bits: 0 })),
  'bits-65535': bytes(wav({ bits: 65_535 })),
  'codec-unknown': bytes(wav({ codec: 0x7777 })),
  avi: bytes('RIFF', [4, 0, 0, 0], 'AVI ', zeros(100)),
  png: bytes([0x89], 'PNG\r\n\x1a\n', junk(600)),
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe0], junk(600)),
  pdf: bytes('%PDF-1.7\n', junk(300)),
  zip: bytes('PK\x03\x04', junk(300)),
  text: bytes('This is a note about the card.\n'.repeat(20)),
  html: bytes('<!doctype html><title>404</title>'),
  json: bytes('{"error":"not found"}'),
  zeros: bytes(zeros(5000)),
  junk: bytes(junk(5000, 7)),
  'flac-magic': bytes('fLaC'),
  'flac-junk': bytes('fLaC', junk(2000, 3)),
  'ogg-magic': bytes('OggS'),
  'ogg-junk': bytes('OggS', junk(2000, 4)),
  'id3-only': bytes('ID3\x04\0\0\0\0\x02\0', zeros(256)),
  'mp4-ftyp': bytes([0, 0, 0, 16], 'ftypM4A \0\0\0\0'),
  'mp4-junk': bytes([0, 0, 0, 16], 'ftypM4A \0\0\0\0', [0, 0, 1, 0], 'moov', junk(248, 5)),
  'matroska-junk': bytes([0x1a, 0x45, 0xdf, 0xa3], junk(500, 6)),
  'aiff-form': bytes('FORM', [0, 0, 0, 4], 'AIFF'),
  'caf-head': bytes('caff', [0, 1, 0, 0]),
  folder: (path) => mkdirSync(path),
  'link-to-nowhere': (path) => symlinkSync('not-there', path),
  'link-to-itself': (path) => symlinkSync(path, path),
  pipe: (path) => void execFileSync('mkfifo', [path]),
};
