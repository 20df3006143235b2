/** Ranks embeddings by the cosine of the angle between them, without decoding them first. */

/** A row of the index and its cosine, from −1 to 1. */
export interface Similar {
  readonly row: number;
  readonly cosine: number;
}

let decoded: Float32Array | undefined;

/** The value of every float16. */
function float16Values(): Float32Array {
  if (decoded) return decoded;
  decoded = new Float32Array(65_536);
  for (let bits = 0; bits < decoded.length; bits++) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) decoded[bits] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    else if (exponent === 0) decoded[bits] = (sign * fraction) / 2 ** 24;
    else decoded[bits] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return decoded;
}

/** Embeddings of equal length, as signed bytes in one block: a quarter of the memory of float32, and as fast to read. */
export class SimilarityIndex {
  readonly #size: number;
  readonly #rows: Int8Array;
  readonly #norms: Float32Array;
  #count = 0;

  /** @param size values per embedding. */
  constructor(size: number, mostRows: number) {
    this.#size = size;
    this.#rows = new Int8Array(size * mostRows);
    this.#norms = new Float32Array(mostRows);
  }

  get count(): number {
    return this.#count;
  }

  /** How many can be added. */
  get room(): number {
    return this.#norms.length - this.#count;
  }

  /** Adds an embedding as float16 bits. @throws RangeError for another length, or if the index is full. */
  add(embedding: Uint16Array): void {
    this.addBytes(signedBytes(this.#checked(embedding)));
  }

  /** Adds embeddings as {@link signedBytes}, one after another. @throws RangeError if the index is full. */
  addBytes(rows: Int8Array): void {
    const added = rows.length / this.#size;
    if (added > this.room) throw new RangeError('the index is full');
    this.#rows.set(rows, this.#count * this.#size);
    this.#count += added;
    for (let row = this.#count - added; row < this.#count; row++) this.#norms[row] = this.#norm(row);
  }

  /** Replaces the embedding of a row. @throws RangeError for another length. */
  replace(row: number, embedding: Uint16Array): void {
    this.#rows.set(signedBytes(this.#checked(embedding)), row * this.#size);
    this.#norms[row] = this.#norm(row);
  }

  /** The rows most similar to an embedding, best first. */
  nearest(embedding: Uint16Array, most: number): Similar[] {
    const wanted = signedBytes(this.#checked(embedding));
    const wantedNorm = Math.sqrt(dot(wanted, 0, wanted));
    const cosines = new Float32Array(this.#count);
    for (let row = 0; row < this.#count; row++) cosines[row] = this.#cosine(row, wanted, wantedNorm);
    return largest(cosines, most).map((row) => ({ row, cosine: cosines[row] as number }));
  }

  #norm(row: number): number {
    const start = row * this.#size;
    return Math.sqrt(dot(this.#rows, start, this.#rows.subarray(start, start + this.#size)));
  }

  #cosine(row: number, wanted: Int8Array, wantedNorm: number): number {
    const norms = (this.#norms[row] as number) * wantedNorm;
    return norms === 0 ? 0 : dot(this.#rows, row * this.#size, wanted) / norms;
  }

  #checked(embedding: Uint16Array): Uint16Array {
    if (embedding.length !== this.#size) throw new RangeError(`${embedding.length} values instead of ${this.#size}`);
    return embedding;
  }
}

/** In whole numbers, and two sums at once: browsers then compute it twice as fast. */
function dot(rows: Int8Array, start: number, wanted: Int8Array): number {
  let even = 0;
  let odd = 0;
  const end = wanted.length - 1;
  let i = 0;
  for (; i < end; i += 2) {
    even = (even + Math.imul(rows[start + i] as number, wanted[i] as number)) | 0;
    odd = (odd + Math.imul(rows[start + i + 1] as number, wanted[i + 1] as number)) | 0;
  }
  if (i === end) even += (rows[start + i] as number) * (wanted[i] as number);
  return even + odd;
}

/** A float16 embedding with its largest value at ±127: a cosine does not depend on the scale. */
export function signedBytes(embedding: Uint16Array): Int8Array<ArrayBuffer> {
  const values = float16Values();
  let peak = 0;
  for (const bits of embedding) peak = Math.max(peak, Math.abs(values[bits] as number));
  const scale = peak > 0 && Number.isFinite(peak) ? 127 / peak : 0;
  const row = new Int8Array(embedding.length);
  for (let i = 0; i < row.length; i++) row[i] = Math.round((values[embedding[i] as number] as number) * scale);
  return row;
}

/** Indices of the largest values, largest first. */
function largest(values: Float32Array, most: number): number[] {
  const best: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (best.length === most && value <= (values[best.at(-1) as number] as number)) continue;
    let place = best.length;
    while (place > 0 && (values[best[place - 1] as number] as number) < value) place--;
    best.splice(place, 0, index);
    if (best.length > most) best.pop();
  }
  return best;
}
