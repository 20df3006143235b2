/** Downscales log-mel columns: each value is the mean of a block of `columns` × `bands` values. */
export class ColumnShrinker {
  readonly shrunkBands: number;
  private sums: Float32Array;
  private summed = 0;

  /** @param bands a smaller last block is left out. */
  constructor(
    private readonly melBands: number,
    private readonly columns: number,
    private readonly bands: number,
  ) {
    this.shrunkBands = Math.floor(melBands / bands);
    this.sums = new Float32Array(this.shrunkBands);
  }

  /**
   * Takes the next columns, [columns, melBands]; those that do not complete a block wait for the next call.
   *
   * @returns the completed blocks, [blocks, shrunkBands].
   */
  push(values: Float32Array): Float32Array {
    const count = values.length / this.melBands;
    const blocks = new Float32Array(Math.floor((this.summed + count) / this.columns) * this.shrunkBands);
    let written = 0;
    for (let column = 0; column < count; column++) {
      for (let band = 0; band < this.shrunkBands * this.bands; band++) {
        const block = Math.floor(band / this.bands);
        this.sums[block] = (this.sums[block] as number) + (values[column * this.melBands + band] as number);
      }
      this.summed++;
      if (this.summed < this.columns) continue;
      for (const sum of this.sums) blocks[written++] = sum / (this.columns * this.bands);
      this.sums.fill(0);
      this.summed = 0;
    }
    return blocks;
  }
}
