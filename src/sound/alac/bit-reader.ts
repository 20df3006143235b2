/** Reads bits, the most significant first. Behind the end of the bytes there are zeros. */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** In bits. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.position >= 8 * this.#bytes.length;
  }

  /** The next `count` bits (up to 32) as an unsigned number. */
  read(count: number): number {
    const value = this.peek(count);
    this.position += count;
    return value;
  }

  /** The same as a signed number. */
  readSigned(count: number): number {
    const shift = 32 - count;
    return (this.read(count) << shift) >> shift;
  }

  peek(count: number): number {
    if (count === 0) return 0;
    const at = this.position >> 3;
    const bytes = this.#bytes;
    const first =
      (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>>
      0;
    const offset = this.position & 7;
    const word = offset === 0 ? first : ((first << offset) | ((bytes[at + 4] ?? 0) >> (8 - offset))) >>> 0;
    return word >>> (32 - count);
  }

  /** Counts ones up to `most`, and skips them and the zero that ends them, if there is one. */
  readOnes(most: number): number {
    const ones = Math.min(most, Math.clz32(~this.peek(32)));
    this.position += ones < most ? ones + 1 : most;
    return ones;
  }

  /** Another reader of the same bytes, from here on. */
  fork(): BitReader {
    const other = new BitReader(this.#bytes);
    other.position = this.position;
    return other;
  }

  alignToByte(): void {
    this.position = 8 * Math.ceil(this.position / 8);
  }
}
