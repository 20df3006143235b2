import { firstOf, type PacketDecoder, without } from '../packet-decoder';
import { type OggCodec, oggCodec } from './ogg-codec';
import { type OggPage, PacketAssembler } from './ogg-page';

/** One stream of sound in an Ogg file, from its first page to its last. */
export class OggLink {
  #serial: number | undefined;
  #codec: OggCodec | undefined;
  readonly #packets = new PacketAssembler();
  readonly #headers: Uint8Array[] = [];
  #decoder: PacketDecoder | undefined;
  #start: number | undefined;
  #decoded = 0;
  #hasBegun = false;

  /** @param start that of a link which read the first sound of the same stream: then this one can jump without it. */
  constructor(start?: number) {
    this.#start = start;
  }

  /** Position of the first decoded sample, as the pages count; undefined until the first page with sound was taken. */
  get start(): number | undefined {
    return this.#start;
  }

  /** Whether pages came that begin no stream: the next one that does belongs to another link. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Of the sound; undefined as long as no stream is known. */
  get sampleRateHz(): number | undefined {
    return this.#codec?.sampleRateHz;
  }

  /** Takes the link's next page. @returns the samples that end on it, if it belongs to the sound. */
  async take(page: OggPage): Promise<readonly Float32Array[]> {
    if (page.begins) this.#meet(page);
    else this.#hasBegun = true;
    if (page.serial !== this.#serial || !this.#codec) return [];
    const packets = this.#packets.take(page).filter((packet) => !this.#isHeader(packet));
    if (packets.length === 0) return [];
    this.#decoder ??= await this.#codec.decoder(this.#headers);
    const channels = this.#decoder.decode(packets);
    const trimmed = this.#trimmed(channels, page);
    this.#decoded += channels[0]?.length ?? 0;
    return trimmed;
  }

  /** The sample of the link that the next page begins with, counted in what is heard. */
  get position(): number {
    return Math.max(0, this.#decoded - this.#added);
  }

  /** What a page's position means in {@link position}; undefined before the first page with sound, or of other streams. */
  positionOf({ serial, granule }: OggPage): number | undefined {
    if (serial !== this.#serial || granule === undefined || this.#start === undefined) return undefined;
    return granule - this.#start - this.#added;
  }

  /**
   * Goes on behind a page further back, of which {@link positionOf} is known. Its last packet is only decoded because the next
   * one may overlap it: where it lies, only the end of the page tells.
   */
  async jump(page: OggPage): Promise<void> {
    this.#packets.forget();
    const last = this.#packets.take(page).slice(-1);
    this.#decoder ??= await this.#codec?.decoder(this.#headers);
    if (last.length > 0) this.#decoder?.decode(last);
    this.#decoded = (page.granule as number) - (this.#start as number);
  }

  free(): void {
    this.#decoder?.free();
    this.#decoder = undefined;
  }

  /** Takes the first stream that is sound. */
  #meet(page: OggPage): void {
    if (this.#codec) return;
    this.#codec = oggCodec(page.parts[0] ?? new Uint8Array());
    if (this.#codec) this.#serial = page.serial;
  }

  #isHeader(packet: Uint8Array): boolean {
    if (this.#decoder || !this.#codec?.isHeader(packet, this.#headers.length)) return false;
    this.#headers.push(packet);
    return true;
  }

  /** Leaves out what an encoder only added: before the first sample, and behind the last page's position. */
  #trimmed(channels: readonly Float32Array[], { granule, ends }: OggPage): readonly Float32Array[] {
    const length = channels[0]?.length ?? 0;
    let kept = channels;
    if (this.#start === undefined && granule !== undefined) {
      // A first page that is also the last says where the sound ends.
      this.#start = ends ? 0 : granule - this.#decoded - length;
    }
    const start = this.#start ?? 0;
    if (ends && granule !== undefined) kept = firstOf(kept, granule - start - this.#decoded);
    return without(kept, Math.min(kept[0]?.length ?? 0, Math.max(0, this.#added - this.#decoded)));
  }

  /** Samples at the start that the encoder only added. */
  get #added(): number {
    return (this.#codec?.preSkip ?? 0) + Math.max(0, -(this.#start ?? 0));
  }
}
