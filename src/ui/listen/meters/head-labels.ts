import { SHIPPED_HEAD, type TeachState } from '../../../app/teach/teach-state';
import type { ModelInfo } from '../../../shared/contracts/tagger-api';
import { t } from '../../messages/messages';
import { type MeterLabel, metersOf } from './meter-labels';
import { ToldLabels } from './told-labels';

/** The labels of the active heads. Unchanged lists keep their identity, so that no meter is recreated. */
export class HeadLabels {
  /** In the order of the active head's probabilities. */
  labels: readonly MeterLabel[] = [];
  /** The compared head's labels; undefined without one. */
  compared: readonly MeterLabel[] | undefined;
  private from: readonly unknown[] = [];
  private told = new ToldLabels([]);

  /** Takes the newest model and heads. */
  update(model: ModelInfo | undefined, { active, compared, heads }: TeachState): void {
    const { labels: names } = t;
    const from = [active, compared, model, names];
    if (from.every((part, i) => part === this.from[i])) return;
    const areOthers = [active, compared, model].some((part, i) => part !== this.from[i]);
    this.from = from;
    const of = (id: string) => (id === SHIPPED_HEAD ? undefined : heads.find((head) => head.id === id));
    const labels = metersOf(model, of(active));
    if (areOthers || !isNamedAlike(labels, this.labels)) {
      this.labels = labels;
      this.told = new ToldLabels(labels);
    }
    this.compared = compared === undefined ? undefined : metersOf(model, of(compared));
  }

  /** The active head's probabilities, with 0 for labels that one below them covers: see {@link ToldLabels}. */
  toldOf(probabilities: ArrayLike<number>): ArrayLike<number> {
    return this.told.of(probabilities);
  }
}

/** Texts that arrive late change few names: a model's own are English. */
function isNamedAlike(some: readonly MeterLabel[], others: readonly MeterLabel[]): boolean {
  const namesOf = (labels: readonly MeterLabel[]) =>
    labels.flatMap(({ name, above = [] }) => [name, ...above.map((parent) => parent.name)]);
  return namesOf(some).join('\n') === namesOf(others).join('\n');
}
