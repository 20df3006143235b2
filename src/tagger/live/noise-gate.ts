/** The level of a chunk of sound. */
interface Piece {
  readonly levelDb: number;
  readonly endSeconds: number;
}

/** Reports when there is nothing to hear: when nothing in the newest window was as loud as the noise floor. */
export class NoiseGate {
  readonly #windowSeconds: number;
  #floorDb: number | null;
  /** Chunks that ended in the newest window, oldest first. Kept without a floor too, for one that may be set next. */
  #pieces: Piece[] = [];

  /** @param floorDb in dBFS; null: there is always something to hear. */
  constructor(windowSeconds: number, floorDb: number | null) {
    this.#windowSeconds = windowSeconds;
    this.#floorDb = floorDb;
  }

  /** Changes the floor. It applies to what is already in the window. */
  setFloor(floorDb: number | null): void {
    this.#floorDb = floorDb;
  }

  /**
   * Takes the level of the latest chunk, which ended at `nowSeconds`.
   *
   * @returns whether anything in the window that ends there can be heard.
   */
  hears(levelDb: number, nowSeconds: number): boolean {
    this.#pieces.push({ levelDb, endSeconds: nowSeconds });
    this.#pieces = this.#pieces.filter(({ endSeconds }) => nowSeconds - endSeconds < this.#windowSeconds);
    const floorDb = this.#floorDb;
    return floorDb === null || this.#pieces.some((piece) => piece.levelDb >= floorDb);
  }
}
