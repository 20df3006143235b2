import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from './clock';

/** Waits before a source that was cut off is opened again: the first is short, and none is long. */
const WAITS_MS = [250, 500, 1000, 2000, 4000] as const;

/** A live source that gives nothing for so long is cut off, though its connection may stand. */
const SILENT_MS = 5000;

/** How long the first sound may take: cameras are slow to start. */
const FIRST_SOUND_MS = 20_000;

/** Mono sound as it comes, in one stretch. */
export type Stretch = AsyncIterable<Float32Array>;

/** A source that was opened. */
export interface OpenSource {
  readonly samples: Stretch;
  /** Resolves at its end with what is known about it. @throws Error if there is no use in opening it again. */
  readonly ended: Promise<string>;
  stop(): void;
}

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
export function isEndless(source: string): boolean {
  return /^(alsa:|[a-z]+:\/\/)/i.test(source);
}

/** A source as it may be printed and sent: without a name and a password. */
export function shownSource(source: string): string {
  return source.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, '$1');
}

/** What ffmpeg must be told to open a source: `alsa:DEVICE`, an address, or a file. */
function inputArguments(source: string): string[] {
  const device = /^alsa:(.+)$/.exec(source)?.[1];
  if (device !== undefined) return ['-f', 'alsa', '-i', device];
  return [...(/^rtsps?:/i.test(source) ? ['-rtsp_transport', 'tcp'] : []), '-i', source];
}

/**
 * The sound of a source that is opened again whenever it was cut off: one stretch after the other.
 *
 * @param onCut gets why it was cut off, and after how long it is opened again.
 */
export async function* reconnecting(
  open: () => OpenSource,
  clock: Clock,
  onCut: (reason: string, waitMs: number) => void,
): AsyncGenerator<Stretch> {
  for (let failures = 0; ; ) {
    const source = open();
    let hasHeard = false;
    let reason: string;
    try {
      yield counted(source.samples, () => {
        hasHeard = true;
      });
      reason = await source.ended;
    } finally {
      source.stop();
    }
    failures = hasHeard ? 0 : failures + 1;
    const waitMs = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] as number;
    onCut(reason, waitMs);
    await clock.pause(waitMs);
  }
}

/** The sound of a source, by ffmpeg. @throws Error if ffmpeg is missing, or a file cannot be opened. */
export function openWithFfmpeg(source: string, sampleRateHz: number): OpenSource {
  const output = ['-vn', '-ac', '1', '-ar', String(sampleRateHz), '-f', 's16le', 'pipe:1'];
  const child = spawn('ffmpeg', ['-nostdin', '-v', 'error', ...inputArguments(source), ...output], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said = `${said}${data}`.slice(-2000);
  });
  const closed = once(child, 'close').catch((cause: Error) => {
    throw new Error(
      `ffmpeg, which opens ${shownSource(source)}, cannot be started; install it (Debian: apt install ffmpeg)`,
      { cause },
    );
  });
  let hasHeard = false;
  const watchdog = isEndless(source) ? watched(() => child.kill('SIGKILL')) : undefined;
  const ended = closed.then(([status]): string => {
    watchdog?.end();
    if (!isEndless(source) && status !== 0 && !hasHeard)
      throw new Error(`${source} cannot be opened: ${reasonIn(said, source)}`);
    return watchdog?.hasBitten ? 'no sound comes any more' : reasonIn(said, source);
  });
  // It is awaited after the samples.
  ended.catch(() => undefined);
  const samples = counted(samplesOf(child.stdout), () => {
    hasHeard = true;
    watchdog?.feed();
  });
  return { samples, ended, stop: () => child.kill() };
}

/** Calls `bite` when nothing was fed for too long. */
function watched(bite: () => void): { readonly hasBitten: boolean; feed(): void; end(): void } {
  let hasBitten = false;
  const start = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      hasBitten = true;
      bite();
    }, ms);
  let timer = start(FIRST_SOUND_MS);
  return {
    get hasBitten() {
      return hasBitten;
    },
    feed() {
      clearTimeout(timer);
      timer = start(SILENT_MS);
    },
    end() {
      clearTimeout(timer);
    },
  };
}

async function* counted(samples: Stretch, onSamples: () => void): Stretch {
  for await (const piece of samples) {
    onSamples();
    yield piece;
  }
}

/** The last thing that ffmpeg said, without the source: it was named before, and may contain a password. */
function reasonIn(said: string, source: string): string {
  const last = said.trim().split('\n').at(-1) ?? '';
  return last.replaceAll(`${source}: `, '').replaceAll(source, shownSource(source)) || 'it ended';
}
