import { SHIPPED_HEAD, type TeachState } from '../../../app/teach/teach-state';
import type { ModelInfo } from '../../../shared/contracts/tagger-api';
import { language } from '../../messages/messages';
import { type MeterLabel, metersOf } from './meter-labels';

/** The labels of the heads that tag. Lists that have not changed are the same ones, so that no meter starts anew. */
export class HeadLabels {
  /** In the order of the active head's probabilities. */
  labels: readonly MeterLabel[] = [];
  /** Those of the compared head; undefined: there is none. */
  compared: readonly MeterLabel[] | undefined;
  private from: readonly unknown[] = [];

  /** Takes the newest model and heads. */
  update(model: ModelInfo | undefined, { active, compared, heads }: TeachState): void {
    const from = [active, compared, model, language];
    if (from.every((part, i) => part === this.from[i])) return;
    this.from = from;
    const of = (id: string) => (id === SHIPPED_HEAD ? undefined : heads.find((head) => head.id === id));
    this.labels = metersOf(model, of(active));
    this.compared = compared === undefined ? undefined : metersOf(model, of(compared));
  }
}
