import { proxy, transfer } from 'comlink';
import type { Microphone } from '../../audio/microphone';
import type { SoundPieces } from '../../shared/contracts/capture-messages';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { RecordingsHost, RecordingsParts } from './recordings-parts';
import type { Recorder } from './recordings-state';
import type { RecordingsWorkerLink } from './recordings-worker';

/** Recorded as most recorders do; the browser resamples what the device gives. */
const PIECES: SoundPieces = { sampleRateHz: 48_000, pieceSamples: 4800, backlogPieces: 100 };

/** Records the microphone for hours, straight to the disk. Listening goes on beside it. */
export class DiskRecorder {
  readonly name: string;
  readonly #microphone: Microphone;
  readonly #worker: RecordingsWorkerLink;

  private constructor(name: string, microphone: Microphone, worker: RecordingsWorkerLink) {
    this.name = name;
    this.#microphone = microphone;
    this.#worker = worker;
  }

  /**
   * @param onEnd called if the microphone, the disk or the worker ends it. @throws EarmarkError as opening a microphone and
   *   starting a worker do; neither is left open then.
   */
  static async start(
    parts: RecordingsParts,
    host: RecordingsHost,
    onProgress: (recorder: Recorder) => void,
    onEnd: (error: EarmarkError) => void,
  ): Promise<DiskRecorder> {
    const microphone = await parts.openMicrophone({
      ...host.microphone,
      pieces: PIECES,
      demo: false,
      signal: new AbortController().signal,
      onEnded: () => onEnd(new EarmarkError({ code: 'recording-cut-off' })),
      onRunningChange: () => undefined,
      onMutedChange: () => undefined,
    });
    const name = recordingName(new Date());
    const tell = (seconds: number, levelDb: number): void => onProgress({ name, seconds, levelDb });
    const fail = (): void => onEnd(new EarmarkError({ code: 'storage-full' }));
    let worker: RecordingsWorkerLink | undefined;
    try {
      worker = await parts.startWorker();
      const { port, sampleRateHz } = microphone;
      // Transferred, because a port cannot be copied.
      await worker.api.record(transfer(port, [port]), sampleRateHz, name, proxy(tell), proxy(fail));
    } catch (error) {
      worker?.terminate();
      await microphone.stop();
      throw error;
    }
    worker.died.catch(onEnd);
    onProgress({ name, seconds: 0, levelDb: Number.NEGATIVE_INFINITY });
    return new DiskRecorder(name, microphone, worker);
  }

  /** Ends the file. @throws EarmarkError worker-died; what had been written stays. */
  async finish(): Promise<void> {
    try {
      await this.#microphone.stop();
      await Promise.race([this.#worker.api.finishRecording(), this.#worker.died]);
    } finally {
      this.#worker.terminate();
    }
  }
}

/** The one recording that a window makes at a time. */
export class DiskRecording {
  readonly #parts: Parameters<typeof DiskRecorder.start>;
  /** Set from the press on. */
  #recorder: Promise<DiskRecorder> | undefined;

  /** The parameters are those of {@link DiskRecorder.start}. */
  constructor(...parts: Parameters<typeof DiskRecorder.start>) {
    this.#parts = parts;
  }

  /** Begins, unless it has. @throws what beginning throws, also if another window writes; the next press tries again. */
  async start(): Promise<void> {
    if (this.#recorder) return;
    this.#recorder = this.#begin();
    try {
      await this.#recorder;
    } catch (error) {
      this.#recorder = undefined;
      throw error;
    }
  }

  async #begin(): Promise<DiskRecorder> {
    const [{ writer }] = this.#parts;
    await writer.require();
    return DiskRecorder.start(...this.#parts);
  }

  /** The recorder, for whoever ends it; undefined if nothing is recorded, or somebody ends it. */
  take(): Promise<DiskRecorder> | undefined {
    const recorder = this.#recorder;
    this.#recorder = undefined;
    return recorder;
  }
}

/** A name that tells when it began, as recorders write it. */
function recordingName(start: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${start.getFullYear()}${two(start.getMonth() + 1)}${two(start.getDate())}`;
  const time = `${two(start.getHours())}${two(start.getMinutes())}${two(start.getSeconds())}`;
  const offset = -start.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
  return `${date}_${time}${zone}.wav`;
}
