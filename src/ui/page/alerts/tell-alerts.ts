import type { Alert } from '../../../app/diary/alerts/alert';
import { notificationAnswer, notify } from '../../../app/diary/alerts/notifications';
import type { AppCommands } from '../../../app/state';
import { type AlertMeans, OPEN_ADDRESS } from '../../../shared/contracts/diary/alert-rules';
import { addressOf } from '../../kit/tabs';
import { labelName, language, locales, t } from '../../messages/messages';
import { EarmarkFlash } from './earmark-flash';
import { playTone } from './tone';

/** On and off, in milliseconds. */
const VIBRATION_MS = [300, 150, 300];

/** Tells a person of alerts, by the means that the rule names. */
class AlertTeller {
  readonly #app: AppCommands;
  readonly #flash = new EarmarkFlash();

  constructor(app: AppCommands) {
    this.#app = app;
    document.body.append(this.#flash);
    app.alerts.subscribe((alert) => this.#tell(alert));
  }

  /** One that fails does not keep the others from telling. */
  #tell(alert: Alert): void {
    const name = this.#nameOf(alert);
    const ways: Readonly<Record<AlertMeans, () => unknown>> = {
      notification: () => this.#notify(alert, name),
      tone: playTone,
      flash: () => this.#flash.show(name),
      vibration: () => navigator.vibrate?.(VIBRATION_MS),
    };
    for (const means of alert.means) {
      void (async () => ways[means]())().catch((error) => console.warn(`There was no ${means}:`, error));
    }
  }

  async #notify({ event, label, means, startMs }: Alert, name: string): Promise<void> {
    // It must not be lost because the permission was taken back.
    if (notificationAnswer() !== 'granted') return this.#flash.show(name, t.alert.blocked);
    const time = new Intl.DateTimeFormat(locales[language], { timeStyle: 'medium' }).format(startMs);
    const address = event === undefined ? `${addressOf('diary')}/alerts` : `${addressOf('diary')}/event/${event}`;
    const body = event === undefined ? t.alert.test : t.alert.heardAt(time);
    try {
      await notify({ title: name, body, tag: `earmark.${label}`, address }, vibrationOf(means));
    } catch (error) {
      this.#flash.show(name);
      throw error;
    }
  }

  /** As it is called now. */
  #nameOf({ label, labelName: heardAs }: Alert): string {
    const own = this.#app.teach.state.labels.find(({ id }) => id === label);
    // Until the head is trained anew, it knows a renamed label by its old name.
    return labelName(own ?? this.#app.state.settings.diary.renamed[label] ?? { id: label, name: heardAs });
  }
}

/** A hidden page may not vibrate, but its notification does. */
function vibrationOf(means: Alert['means']): readonly number[] | undefined {
  return means.includes('vibration') ? VIBRATION_MS : undefined;
}

/** Tells a person of alerts from now on, and goes where a click on a notification leads. */
export function startAlerts(app: AppCommands): void {
  new AlertTeller(app);
  navigator.serviceWorker?.addEventListener(
    'message',
    ({ data }: MessageEvent<{ type?: unknown; address?: string }>) => {
      if (data?.type === OPEN_ADDRESS && data.address !== undefined) location.hash = data.address;
    },
  );
}
