import { isPieceMessage, type PieceMessage } from '../../shared/contracts/capture-messages';
import { toInt16 } from '../../shared/lib/files/wav';
import { SoundWriter } from './disk';

/** How often the page is told how far a recording is. */
const TELL_EVERY_SECONDS = 0.25;

/**
 * Writes the pieces that arrive at a port to the disk. For pieces that were lost it writes silence, so that what follows keeps its
 * place in time.
 */
export class PortRecorder {
  readonly #port: MessagePort;
  readonly #writer: SoundWriter;
  readonly #onProgress: (seconds: number, levelDb: number) => void;
  readonly #onFailure: (detail: string) => void;
  readonly #sampleRateHz: number;
  #toldSeconds = 0;
  /** Audio clock at the newest piece's end. */
  #endSeconds: number | undefined;

  private constructor(
    port: MessagePort,
    sampleRateHz: number,
    writer: SoundWriter,
    onProgress: (seconds: number, levelDb: number) => void,
    onFailure: (detail: string) => void,
  ) {
    this.#port = port;
    this.#sampleRateHz = sampleRateHz;
    this.#writer = writer;
    this.#onProgress = onProgress;
    this.#onFailure = onFailure;
    port.onmessage = ({ data }) => this.#take(data);
  }

  static async start(
    port: MessagePort,
    sampleRateHz: number,
    name: string,
    onProgress: (seconds: number, levelDb: number) => void,
    onFailure: (detail: string) => void,
  ): Promise<PortRecorder> {
    const writer = await SoundWriter.create(name, sampleRateHz);
    return new PortRecorder(port, sampleRateHz, writer, onProgress, onFailure);
  }

  /** @returns the length in seconds. */
  finish(): number {
    this.#port.close();
    this.#writer.close();
    return this.#writer.seconds;
  }

  #take(message: unknown): void {
    if (!isPieceMessage(message)) return;
    const { samples } = message;
    try {
      const lostSamples = this.#lostBefore(message);
      if (lostSamples > 0) this.#writer.write(new Int16Array(lostSamples));
      this.#writer.write(toInt16(samples));
    } catch (error) {
      this.#port.close();
      this.#onFailure((error as Error).message);
      return;
    }
    const { seconds } = this.#writer;
    if (seconds - this.#toldSeconds >= TELL_EVERY_SECONDS) {
      this.#toldSeconds = seconds;
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      this.#onProgress(seconds, 10 * Math.log10(power));
    }
    // Its array is filled again.
    this.#port.postMessage(samples, [samples.buffer as ArrayBuffer]);
  }

  /** Samples between the piece before and this one. */
  #lostBefore({ samples, endSeconds }: PieceMessage): number {
    const before = this.#endSeconds;
    this.#endSeconds = endSeconds;
    return before === undefined ? 0 : Math.round((endSeconds - before) * this.#sampleRateHz) - samples.length;
  }
}
