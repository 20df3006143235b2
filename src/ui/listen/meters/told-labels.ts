import type { MeterLabel } from './meter-labels';

/** A label is told above one below it if it is stronger by more than this. */
const CLEAR_LEAD = 0.08;

/** … and no longer once its lead is this small, so that it does not come and go. */
const NO_LEAD = 0.04;

/**
 * Which labels a person is told: of a bark that is also a dog and an animal, the bark. A label that is only as strong as
 * one below it in the hierarchy says nothing more, so that one covers it.
 */
export class ToldLabels {
  /** Labels with others below them, and the places of those. */
  readonly #parents: readonly { readonly label: number; readonly below: readonly number[] }[];
  readonly #covered: boolean[];

  constructor(labels: readonly Pick<MeterLabel, 'id' | 'above'>[]) {
    const below = new Map<string, number[]>();
    for (const [place, { above = [] }] of labels.entries()) {
      for (const { id } of above) below.set(id, [...(below.get(id) ?? []), place]);
    }
    this.#parents = labels.flatMap(({ id }, label) => {
      const places = below.get(id);
      return places ? [{ label, below: places }] : [];
    });
    this.#covered = labels.map(() => false);
  }

  /** The probabilities with 0 for covered labels. */
  of(probabilities: ArrayLike<number>): ArrayLike<number> {
    if (this.#parents.length === 0) return probabilities;
    const told = Float32Array.from(probabilities);
    for (const { label, below } of this.#parents) {
      const lead = (probabilities[label] ?? 0) - below.reduce((most, of) => Math.max(most, probabilities[of] ?? 0), 0);
      this.#covered[label] = lead <= (this.#covered[label] ? CLEAR_LEAD : NO_LEAD);
      if (this.#covered[label]) told[label] = 0;
    }
    return told;
  }
}
