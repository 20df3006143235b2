import { spawn } from 'node:child_process';
import { fourCharacters, viewOf } from '../bytes';
import { piecesOf } from '../packet-decoder';
import type { SoundFile, SoundPiece } from '../sound-file';

/** A WAV header by ffmpeg with only the chunks that it needs. */
const MOST_HEADER_BYTES = 4096;

/** Opens a file by the system's ffmpeg. @returns undefined if there is none, or it finds no sound in the file. */
export async function openByFfmpeg(path: string): Promise<SoundFile | undefined> {
  const { bytes, errors } = await wholeOutput(ffmpeg(path, ['-v', 'info', '-t', '0.1']));
  const header = wavHeader(bytes);
  if (!header) return undefined;
  const audio = /Stream #.*: Audio: (\w+)/.exec(errors)?.[1] ?? '';
  const duration = /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(errors)?.slice(1).map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = duration ?? [];
  return {
    container: /Input #0, ([\w]+)/.exec(errors)?.[1] ?? '',
    codec: audio,
    bitsPerSample: undefined,
    channels: header.channels,
    sampleRateHz: header.sampleRateHz,
    decoder: 'ffmpeg',
    startTime: undefined,
    claimedSeconds: duration && 3600 * hours + 60 * minutes + seconds,
    readPieces: (startSeconds = 0) => ffmpegPieces(path, startSeconds, header.channels),
  };
}

/** Starts ffmpeg, which writes the first track of sound as a WAV file of floats. */
function ffmpeg(path: string, options: readonly string[]) {
  const input = ['-protocol_whitelist', 'file', '-i', `file:${path}`];
  const output = ['-map', '0:a:0', '-c:a', 'pcm_f32le', '-bitexact', '-f', 'wav', 'pipe:1'];
  const child = spawn('ffmpeg', ['-nostdin', '-hide_banner', ...input, ...options, ...output], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Without ffmpeg there is no output, and that is what is looked at.
  child.on('error', () => undefined);
  return child;
}

async function wholeOutput(child: ReturnType<typeof ffmpeg>): Promise<{ bytes: Uint8Array; errors: string }> {
  const errors: Buffer[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text));
  const bytes: Buffer[] = [];
  for await (const part of child.stdout) bytes.push(part as Buffer);
  return { bytes: Buffer.concat(bytes), errors: Buffer.concat(errors).toString() };
}

/** Reads the header of ffmpeg's output, whose sizes are unknown. */
function wavHeader(bytes: Uint8Array): { channels: number; sampleRateHz: number; dataStart: number } | undefined {
  const format = positionOf(bytes, 'fmt ');
  const data = positionOf(bytes, 'data');
  if (format === undefined || data === undefined) return undefined;
  const view = viewOf(bytes);
  return {
    channels: view.getUint16(format + 10, true),
    sampleRateHz: view.getUint32(format + 12, true),
    dataStart: data + 8,
  };
}

function positionOf(bytes: Uint8Array, id: string): number | undefined {
  for (let at = 12; at + 24 <= Math.min(bytes.length, MOST_HEADER_BYTES); at += 2) {
    if (fourCharacters(bytes, at) === id) return at;
  }
  return undefined;
}

async function* ffmpegPieces(path: string, startSeconds: number, channels: number): AsyncGenerator<SoundPiece> {
  const child = ffmpeg(path, ['-v', 'error', ...(startSeconds > 0 ? ['-ss', String(startSeconds)] : [])]);
  child.stderr.resume();
  let waiting = new Uint8Array();
  let hasBegun = false;
  try {
    for await (const part of child.stdout) {
      waiting = Buffer.concat([waiting, part as Buffer]);
      if (!hasBegun) {
        const header = wavHeader(waiting);
        if (!header) continue;
        waiting = waiting.subarray(header.dataStart);
        hasBegun = true;
      }
      const frames = Math.floor(waiting.length / 4 / channels);
      yield* piecesOf(planar(waiting, channels, frames), channels);
      waiting = waiting.subarray(4 * channels * frames);
    }
  } finally {
    child.kill('SIGKILL');
  }
}

function planar(bytes: Uint8Array, channels: number, frames: number): Float32Array[] {
  const view = viewOf(bytes);
  return Array.from({ length: channels }, (_, c) =>
    Float32Array.from({ length: frames }, (_, i) => view.getFloat32(4 * (i * channels + c), true)),
  );
}
