import { type PacketDecoder, quietly } from '../packet-decoder';

/** Errors in a row after which the library would try the same bytes for ever. */
const MOST_ERRORS = 100;

/** What the library keeps to itself: its only way to be stopped. */
interface Internals {
  _getErrorMessage(error: number): string;
}

/** Decodes frames of MPEG audio by mpg123, compiled to WebAssembly. */
export class Mpg123 {
  readonly #decoder: import('mpg123-decoder').MPEGDecoder;
  readonly #channels: number;

  private constructor(decoder: import('mpg123-decoder').MPEGDecoder, channels: number) {
    this.#decoder = decoder;
    this.#channels = channels;
  }

  static async create(channels: number): Promise<Mpg123> {
    const { MPEGDecoder } = await import('mpg123-decoder');
    // What encoders added is left out by whoever knows the whole stream.
    const decoder = new MPEGDecoder({ enableGapless: false });
    await decoder.ready;
    stopEndlessErrors(decoder as unknown as Internals);
    return new Mpg123(decoder, channels);
  }

  /** Decodes whole frames. The sound of the last one may come with the next call. */
  decode(frames: readonly Uint8Array[]): { channels: Float32Array[]; length: number } {
    return this.#decode(joined(frames));
  }

  /** What is left of the last frame. */
  end(): { channels: Float32Array[]; length: number } {
    // The decoder waits for the next frame's header.
    return this.#decode(new Uint8Array(4096));
  }

  free(): void {
    this.#decoder.free();
  }

  #decode(bytes: Uint8Array): { channels: Float32Array[]; length: number } {
    try {
      const { channelData, samplesDecoded } = quietly(() => this.#decoder.decode(bytes));
      // A single channel comes twice.
      return { channels: channelData.slice(0, this.#channels), length: samplesDecoded };
    } catch {
      return { channels: [], length: 0 };
    }
  }
}

/** The library repeats a failed read without an end. An exception ends it; the frames of one call are lost. */
function stopEndlessErrors(decoder: Internals): void {
  const { _getErrorMessage: message } = decoder;
  let errors = 0;
  decoder._getErrorMessage = (error) => {
    errors++;
    if (errors % MOST_ERRORS === 0) throw new Error('mpg123 does not get any further');
    return message(error);
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The same decoder for packets of a container. */
export async function mpegDecoder(channels: number): Promise<PacketDecoder> {
  const decoder = await Mpg123.create(channels);
  return {
    decode: (packets) => decoder.decode(packets).channels,
    end: () => decoder.end().channels,
    free: () => decoder.free(),
  };
}
