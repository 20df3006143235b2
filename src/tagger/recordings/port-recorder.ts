import { isPieceMessage } from '../../shared/contracts/capture-messages';
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
  #toldSeconds = 0;
  /** Pieces lost before the newest one; undefined before the first. */
  #droppedPieces: number | undefined;

  private constructor(
    port: MessagePort,
    writer: SoundWriter,
    onProgress: (seconds: number, levelDb: number) => void,
    onFailure: (detail: string) => void,
  ) {
    this.#port = port;
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
    return new PortRecorder(port, await SoundWriter.create(name, sampleRateHz), onProgress, onFailure);
  }

  /** @returns the length in seconds. */
  finish(): number {
    this.#port.close();
    this.#writer.close();
    return this.#writer.seconds;
  }

  #take(message: unknown): void {
    if (!isPieceMessage(message)) return;
    const { samples, droppedPieces } = message;
    const lostPieces = droppedPieces - (this.#droppedPieces ?? droppedPieces);
    this.#droppedPieces = droppedPieces;
    try {
      // All pieces have the same length.
      if (lostPieces > 0) this.#writer.write(new Int16Array(lostPieces * samples.length));
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
}
