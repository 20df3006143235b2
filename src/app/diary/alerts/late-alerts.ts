import { hasAlerts } from '../../../shared/contracts/diary/alert-rules';
import type { HeardReport } from '../../../shared/contracts/diary/heard';
import { whenCalled } from '../../../store/when-called';
import { type AppState, goesOn } from '../../state';
import { Feed } from '../../state-holder';
import type { Alert, AlertCommands } from './alert';
import { AlertTurn } from './alert-turn';
import type { Alerts } from './alerts';

const fetchCode = () => Promise.all([import('./alerts'), import('./stored-memory')]);

/** Fetches the code of the alerts before anything is heard: fetched with the first event, it would come late. */
export function prefetchAlerts(): void {
  fetchCode().catch(() => undefined);
}

/** The alerts, whose code is fetched when it is needed: most people set none. */
export class LateAlerts implements AlertCommands {
  readonly #feed = new Feed<Alert>();
  readonly subscribe = this.#feed.subscribe;
  readonly #turn = new AlertTurn();
  readonly #alerts = whenCalled<Pick<Alerts, 'heard'>>(async () => {
    const [{ Alerts, alertTime }, { StoredMemory }] = await fetchCode();
    const tell = (alert: Alert): void => this.#feed.tell(alert);
    return new Alerts({ memory: new StoredMemory(), turn: this.#turn, now: alertTime, tell });
  });

  /** Follows what the app does: only a window that listens alerts. */
  follow(state: AppState): void {
    if (goesOn(state) && hasAlerts(state.settings.diary.alerts)) this.#turn.want();
    else this.#turn.giveUp();
  }

  /** The worker reports what was heard. */
  heard(report: HeardReport, { model, settings: { diary } }: AppState): void {
    if (report.events.length === 0 || !hasAlerts(diary.alerts)) return;
    this.#alerts.heard(report, diary.alerts, model?.labels ?? []).catch((error) => console.warn(error));
  }

  test(alert: Alert): void {
    this.#feed.tell(alert);
  }
}
