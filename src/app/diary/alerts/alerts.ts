import type { AlertRules } from '../../../shared/contracts/diary/alert-rules';
import type { HeardReport } from '../../../shared/contracts/diary/heard';
import type { Label } from '../../../shared/contracts/model/label';
import type { Alert } from './alert';
import { AlertJudge, type AlertMemory, type AlertTime } from './alert-judge';
import type { AlertTurn } from './alert-turn';
import { type LabelPlaces, labelPlaces } from './label-places';

/** The parts of the alerts; tests pass their own. */
export interface AlertsParts {
  readonly memory: AlertMemory;
  readonly turn: Pick<AlertTurn, 'isMine'>;
  now(): AlertTime;
  tell(alert: Alert): void;
}

/** Takes the worker's reports, and tells of events that alert. */
export class Alerts {
  readonly #parts: AlertsParts;
  readonly #judge: AlertJudge;
  #labels: readonly Label[] | undefined;
  #places: LabelPlaces = labelPlaces([]);

  constructor(parts: AlertsParts) {
    this.#parts = parts;
    this.#judge = new AlertJudge(parts.memory);
  }

  /** @param labels of the model that heard it. */
  async heard({ events }: Pick<HeardReport, 'events'>, rules: AlertRules, labels: readonly Label[]): Promise<void> {
    if (!this.#parts.turn.isMine) return;
    if (labels !== this.#labels) {
      this.#labels = labels;
      this.#places = labelPlaces(labels);
    }
    const now = this.#parts.now();
    for (const event of events) {
      const rule = this.#judge.take(event, rules, this.#places, now);
      if (!rule) continue;
      const { id, label, labelName, startMs } = event;
      this.#parts.tell({ event: id, label, labelName, startMs, means: rule.means });
    }
  }
}

/** The time by the browser's clocks. */
export function alertTime(): AlertTime {
  const date = new Date();
  return {
    steadyMs: performance.timeOrigin + performance.now(),
    day: `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`,
    minutes: 60 * date.getHours() + date.getMinutes(),
  };
}
