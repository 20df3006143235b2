import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Waits before a source that was cut off is opened again: the first is short, and none is long. */
const WAITS_MS = [250, 500, 1000, 2000, 4000] as const;

/** Mono sound as it comes, in one stretch. */
export type Stretch = AsyncIterable<Float32Array>;

/** 16-bit mono samples from bytes, which can be cut anywhere. */
export async function* samplesOf(bytes: AsyncIterable<Uint8Array>): Stretch {
  let odd: Buffer = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = odd.length === 0 ? Buffer.from(piece) : Buffer.concat([odd, piece]);
    const count = Math.floor(all.length / 2);
    const samples = new Float32Array(count);
    for (let i = 0; i < count; i++) samples[i] = all.readInt16LE(2 * i) / 32_768;
    odd = all.subarray(2 * count);
    if (count > 0) yield samples;
  }
}

/** Whether a source is expected to go on for ever, so that its end is a fault. */
function isEndless(source: string): boolean {
  return /^(alsa:|[a-z]+:\/\/)/i.test(source);
}

/** What ffmpeg must be told to open a source: `alsa:DEVICE`, an address, or a file. */
function inputArguments(source: string): string[] {
  const device = /^alsa:(.+)$/.exec(source)?.[1];
  if (device !== undefined) return ['-f', 'alsa', '-i', device];
  return [...(/^rtsps?:/i.test(source) ? ['-rtsp_transport', 'tcp'] : []), '-i', source];
}

/**
 * The sound of a source that ffmpeg opens: one stretch after the other, because an endless source is opened again when
 * it was cut off.
 *
 * @param onCut gets what ffmpeg said last, and after how long it is tried again.
 * @throws Error if ffmpeg is missing, or a file cannot be opened.
 */
export async function* ffmpegStretches(
  source: string,
  sampleRateHz: number,
  onCut: (reason: string, waitMs: number) => void,
): AsyncGenerator<Stretch> {
  for (let failures = 0; ; ) {
    const output = ['-vn', '-ac', '1', '-ar', String(sampleRateHz), '-f', 's16le', 'pipe:1'];
    const child = spawn('ffmpeg', ['-nostdin', '-v', 'error', ...inputArguments(source), ...output], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data) => {
      said = `${said}${data}`.slice(-2000);
    });
    const ended = once(child, 'close').catch((cause: Error) => {
      throw new Error(`ffmpeg, which opens ${source}, cannot be started`, { cause });
    });
    let hasHeard = false;
    try {
      yield counted(samplesOf(child.stdout), () => {
        hasHeard = true;
      });
      const [status] = await ended;
      if (!isEndless(source)) {
        if (status !== 0 && !hasHeard) throw new Error(`${source} cannot be opened: ${lastLine(said)}`);
        return;
      }
    } finally {
      child.kill();
    }
    failures = hasHeard ? 0 : failures + 1;
    const waitMs = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] as number;
    onCut(lastLine(said), waitMs);
    await pause(waitMs);
  }
}

async function* counted(samples: Stretch, onSamples: () => void): Stretch {
  for await (const piece of samples) {
    onSamples();
    yield piece;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it ended';
}
