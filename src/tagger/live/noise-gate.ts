/** Says when there is nothing to hear: when nothing in the newest window was as loud as the noise floor. */
export class NoiseGate {
  readonly #windowSeconds: number;
  #floorDb: number | null;
  #soundEndSeconds = Number.NEGATIVE_INFINITY;

  /** @param floorDb in dB of full scale; null: there is always something to hear. */
  constructor(windowSeconds: number, floorDb: number | null) {
    this.#windowSeconds = windowSeconds;
    this.#floorDb = floorDb;
  }

  setFloor(floorDb: number | null): void {
    this.#floorDb = floorDb;
  }

  /**
   * Takes the level of the sound that came last and ended at `nowSeconds`.
   *
   * @returns whether anything in the window that ends there can be heard.
   */
  hears(levelDb: number, nowSeconds: number): boolean {
    if (this.#floorDb === null) return true;
    if (levelDb >= this.#floorDb) this.#soundEndSeconds = nowSeconds;
    return nowSeconds - this.#soundEndSeconds < this.#windowSeconds;
  }
}
