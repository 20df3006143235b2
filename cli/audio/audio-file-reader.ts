import { type ChildProcess, fork } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReadAnswer, ReadRequest } from './audio-file-process';

/** Far more than decoding and resampling take; only a decoder that hangs needs longer. */
const LIMIT_SECONDS_PER_MEGABYTE = 60;

/**
 * Reads audio files that nobody has checked. The decoders run in a separate process: their console output is dropped,
 * and if a damaged file makes one hang or crash, only that file is lost.
 */
export class AudioFileReader {
  readonly #limitSeconds: number;
  #process: ChildProcess | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param limitSeconds time limit for a small file; large ones get {@link LIMIT_SECONDS_PER_MEGABYTE} more. */
  constructor(limitSeconds = 30) {
    this.#limitSeconds = limitSeconds;
  }

  /**
   * Reads a file like {@link readAudioFile}. Overlapping calls run one after the other.
   *
   * @returns finite mono samples at `sampleRateHz`.
   * @throws Error with a sentence naming the file if it cannot be read, is not audio, or holds no sound.
   */
  read(path: string, sampleRateHz: number): Promise<Float32Array> {
    const samples = this.#queue.then(() => this.#readNext({ path, sampleRateHz }));
    this.#queue = samples.catch(() => undefined);
    return samples;
  }

  /** Ends the process. The next read starts another. */
  close(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  async #readNext(request: ReadRequest): Promise<Float32Array> {
    // The read reports a missing file.
    const bytes = await stat(request.path).then(
      ({ size }) => size,
      () => 0,
    );
    const limitMs = 1000 * (this.#limitSeconds + (LIMIT_SECONDS_PER_MEGABYTE * bytes) / 1e6);
    const answer = await ask(this.#runningProcess(), request, limitMs);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.samples;
  }

  #runningProcess(): ChildProcess {
    if (this.#process?.connected) return this.#process;
    const tsx = createRequire(import.meta.url).resolve('tsx');
    this.#process = fork(fileURLToPath(new URL('./audio-file-process.ts', import.meta.url)), {
      execArgv: ['--max-old-space-size=512', '--import', pathToFileURL(tsx).href],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return this.#process;
  }
}

/** Requests one file. A process that does not answer in time is killed. */
function ask(child: ChildProcess, request: ReadRequest, limitMs: number): Promise<ReadAnswer> {
  return new Promise((resolve) => {
    let ending = 'crashed on it';
    const timer = setTimeout(() => {
      ending = `was still not done after ${Math.round(limitMs / 1000)} s`;
      child.kill('SIGKILL');
    }, limitMs);
    const finish = (answer: ReadAnswer): void => {
      clearTimeout(timer);
      child.off('message', finish);
      child.off('exit', fail);
      child.off('error', fail);
      resolve(answer);
    };
    const fail = (): void => finish({ failure: `${request.path} cannot be decoded: the decoder ${ending}` });
    child.on('message', finish);
    child.on('exit', fail);
    child.on('error', fail);
    child.send(request);
  });
}
