import type { ByteSource } from '../bytes';
import { readAiff } from './aiff';
import { readAu } from './au';
import { readCaf } from './caf';
import type { PcmLayout } from './layout';
import { decodeBlocks } from './samples';
import { readW64 } from './w64';
import { readWav } from './wav';

/** Memory for the bytes and the samples of a piece. */
interface PcmRoom {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

/** A file of uncompressed sound (or ADPCM). Any part can be read without the rest. */
export class PcmFile {
  readonly layout: PcmLayout;
  readonly #source: ByteSource;

  private constructor(source: ByteSource, layout: PcmLayout) {
    this.#source = source;
    this.layout = layout;
  }

  /**
   * Opens WAV, RF64, BW64, W64, AIFF, AIFF-C, CAF and AU files, recognised by their content.
   *
   * @returns undefined for other files.
   * @throws DamagedHeader if the header contradicts itself; UnknownCodec for compressed samples.
   */
  static async open(source: ByteSource): Promise<PcmFile | undefined> {
    for (const readHeader of [readWav, readW64, readAiff, readCaf, readAu]) {
      const layout = await readHeader(source);
      if (layout) return new PcmFile(source, layout);
    }
    return undefined;
  }

  get durationSeconds(): number {
    return this.layout.frames / this.layout.sampleRateHz;
  }

  /** Memory in which pieces of at most so many samples per channel can be read one after the other. */
  roomFor(frames: number): PcmRoom {
    const { blockFrames, blockBytes, channels } = this.layout;
    return {
      bytes: new Uint8Array((Math.ceil(frames / blockFrames) + 1) * blockBytes),
      channels: Array.from({ length: channels }, () => new Float32Array(frames)),
    };
  }

  /**
   * Reads `frames` samples per channel, starting at `startFrame`.
   *
   * @param room of {@link roomFor}, which the result may be a part of.
   * @returns the channels' samples; fewer at the end of the file.
   */
  async read(startFrame: number, frames: number, room?: PcmRoom): Promise<Float32Array<ArrayBuffer>[]> {
    const { blockFrames, blockBytes, dataStart, dataBytes, frames: total } = this.layout;
    const endFrame = Math.min(total, startFrame + frames);
    const firstBlock = Math.floor(startFrame / blockFrames);
    const endBlock = Math.ceil(Math.max(startFrame, endFrame) / blockFrames);
    const end = Math.min(dataBytes, endBlock * blockBytes);
    const bytes = await this.#source.read(dataStart + firstBlock * blockBytes, dataStart + end, room?.bytes);
    const skipped = startFrame - firstBlock * blockFrames;
    const length = Math.max(0, endFrame - startFrame);
    return decodeBlocks(bytes, this.layout, room?.channels).map((channel) =>
      channel.subarray(skipped, skipped + length),
    );
  }
}
