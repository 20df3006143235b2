/** A piece of sound, as far as the gate knows it. */
interface Piece {
  readonly levelDb: number;
  readonly endSeconds: number;
}

/** Says when there is nothing to hear: when nothing in the newest window was as loud as the noise floor. */
export class NoiseGate {
  readonly #windowSeconds: number;
  #floorDb: number | null;
  /** What ended in the newest window, oldest first: also without a floor, for the one that may be set next. */
  #pieces: Piece[] = [];

  /** @param floorDb in dB of full scale; null: there is always something to hear. */
  constructor(windowSeconds: number, floorDb: number | null) {
    this.#windowSeconds = windowSeconds;
    this.#floorDb = floorDb;
  }

  /** Changes the floor; what is in the window already is measured by the new one. */
  setFloor(floorDb: number | null): void {
    this.#floorDb = floorDb;
  }

  /**
   * Takes the level of the sound that came last and ended at `nowSeconds`.
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
