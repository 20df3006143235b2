import { SHIPPED_HEAD, type TeachState } from '../../../app/teach/teach-state';
import type { ModelInfo } from '../../../shared/contracts/tagger-api';
import { language } from '../../messages/messages';
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
    const from = [active, compared, model, language];
    if (from.every((part, i) => part === this.from[i])) return;
    this.from = from;
    const of = (id: string) => (id === SHIPPED_HEAD ? undefined : heads.find((head) => head.id === id));
    this.labels = metersOf(model, of(active));
    this.told = new ToldLabels(this.labels);
    this.compared = compared === undefined ? undefined : metersOf(model, of(compared));
  }
  /** The active head's probabilities, with 0 for labels that one below them covers: see {@link ToldLabels}. */
  toldOf(probabilities: ArrayLike<number>): ArrayLike<number> {
    return this.told.of(probabilities);
  }
}
