import type { ByteSource } from '../bytes';
import { readAiff } from './aiff';
import { readAu } from './au';
import { readCaf } from './caf';
import type { PcmLayout } from './layout';
import { decodeBlocks } from './samples';
import { readW64 } from './w64';
import { readWav } from './wav';

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

  /**
   * Reads `frames` samples per channel, starting at `startFrame`.
   *
   * @returns the channels' samples; fewer at the end of the file.
   */
  async read(startFrame: number, frames: number): Promise<Float32Array<ArrayBuffer>[]> {
    const { blockFrames, blockBytes, dataStart, dataBytes, frames: total } = this.layout;
    const endFrame = Math.min(total, startFrame + frames);
    const firstBlock = Math.floor(startFrame / blockFrames);
    const endBlock = Math.ceil(Math.max(startFrame, endFrame) / blockFrames);
    const end = Math.min(dataBytes, endBlock * blockBytes);
    const bytes = await this.#source.read(dataStart + firstBlock * blockBytes, dataStart + end);
    const skipped = startFrame - firstBlock * blockFrames;
    const length = Math.max(0, endFrame - startFrame);
    return decodeBlocks(bytes, this.layout).map((channel) => channel.subarray(skipped, skipped + length));
  }
}
