import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { notificationAnswer } from '../../../app/diary/alerts/notifications';
import { type AlertMeans, type AlertRule, alertMeans } from '../../../shared/contracts/diary/alert-rules';
import { controlStyles } from '../../kit/control-styles';
import { dialogStyles } from '../../kit/dialog-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import type { FilterLabel } from '../filter/view-filter';
import { numberOptions, ruleDialog, selectField, soundField } from '../rule-dialog';
import { ruleDialogStyles } from '../rule-dialog-styles';
import { type SoundTarget, targetName } from '../sound-target';
import { chosenLength, minutesOf, timeOfDay } from './alert-words';

/** Fired when a person saves an alert. */
const SAVE_EVENT = 'savealert';

export class SaveAlertEvent extends Event {
  constructor(
    readonly sound: SoundTarget,
    readonly rule: AlertRule,
  ) {
    super(SAVE_EVENT);
  }
}

/** Choices, in seconds. */
const cooldowns = [10, 60, 300, 900, 3600, 21_600] as const;
const lengths = [0, 2, 5, 10, 30, 60, 300] as const;
const strengths = [0, 0.5, 0.7, 0.9] as const;

const usual: AlertRule = {
  name: '',
  means: ['notification'],
  cooldownSeconds: 300,
  firstOfDay: false,
  quiet: null,
  leastProbability: 0,
  leastSeconds: 0,
};

const night = { fromMinutes: 22 * 60, toMinutes: 6 * 60 };

type Fault = 'sound' | 'means' | 'quiet';

/** Sets one alert, in a dialog. */
@customElement('earmark-alert-dialog')
export class EarmarkAlertDialog extends LocalizedElement {
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];
  /** Whether a sound has an alert. */
  @property({ attribute: false }) isTaken: (target: SoundTarget) => boolean = () => false;

  @state() private target: SoundTarget | undefined;
  @state() private rule = usual;
  /** What the dialog was opened for; undefined for a new alert. */
  @state() private edited: SoundTarget | undefined;
  @state() private fault: Fault | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;

  /** Opens it for a new alert, or to change one. */
  async open(target?: SoundTarget, rule = usual): Promise<void> {
    this.target = target;
    this.edited = target;
    this.rule = rule;
    this.fault = undefined;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private change(change: Partial<AlertRule>): void {
    this.fault = undefined;
    this.rule = { ...this.rule, ...change };
  }

  private get wrong(): Fault | undefined {
    const { means, quiet } = this.rule;
    if (!this.target) return 'sound';
    if (means.length === 0) return 'means';
    return quiet && quiet.fromMinutes === quiet.toMinutes ? 'quiet' : undefined;
  }

  private readonly save = (event: Event): void => {
    event.preventDefault();
    // A time that was emptied.
    this.fault = (event.target as HTMLFormElement).checkValidity() ? this.wrong : 'quiet';
    if (this.fault || !this.target) return;
    const rule = { ...this.rule, name: targetName(this.target, this.labels, this.rule.name) };
    this.dialog.close();
    this.dispatchEvent(new SaveAlertEvent(this.target, rule));
  };

  private tick(name: string, checked: boolean, onChange: (isOn: boolean) => void, disabled = false) {
    return html`
      <label class="tick">
        <input type="checkbox" .checked=${checked} ?disabled=${disabled}
          @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} />
        ${name}
      </label>
    `;
  }

  private means() {
    const { means } = this.rule;
    const toggle = (name: AlertMeans, isOn: boolean): void =>
      this.change({ means: alertMeans.filter((other) => (other === name ? isOn : means.includes(other))) });
    const canVibrate = 'vibrate' in navigator;
    const answer = notificationAnswer();
    const isBlocked = means.includes('notification') && (answer === 'denied' || answer === 'missing');
    return html`
      <fieldset>
        <legend>${t.diaryAlerts.how}</legend>
        ${alertMeans.map((name) =>
          this.tick(
            t.diaryAlerts.means[name],
            means.includes(name),
            (isOn) => toggle(name, isOn),
            name === 'vibration' && !canVibrate,
          ),
        )}
      </fieldset>
      ${canVibrate ? nothing : html`<p class="hint">${t.diaryAlerts.noVibration}</p>`}
      ${isBlocked ? html`<p class="warning">${t.diaryAlerts.answers[answer]}</p>` : nothing}
    `;
  }

  private quiet() {
    const { quiet } = this.rule;
    const time = (id: 'fromMinutes' | 'toMinutes', name: string, minutes: number) => html`
      <div class="field">
        <label for=${id}>${name}</label>
        <input id=${id} type="time" required .value=${timeOfDay(minutes)}
          @change=${(event: Event) => {
            const entered = minutesOf((event.target as HTMLInputElement).value);
            if (quiet && entered !== undefined) this.change({ quiet: { ...quiet, [id]: entered } });
          }} />
      </div>
    `;
    return html`
      ${this.tick(t.diaryAlerts.quiet, quiet !== null, (isOn) => this.change({ quiet: isOn ? night : null }))}
      ${
        quiet
          ? html`<div class="pair">
                ${time('fromMinutes', t.diaryAlerts.from, quiet.fromMinutes)}
                ${time('toMinutes', t.diaryAlerts.to, quiet.toMinutes)}
              </div>
              <p class="hint">${t.diaryAlerts.quietWhy}</p>`
          : nothing
      }
    `;
  }

  private when() {
    const { cooldownSeconds, leastProbability, leastSeconds, firstOfDay } = this.rule;
    return html`
      <div class="pair">
        ${selectField(
          'cooldown',
          t.diaryAlerts.atMost,
          numberOptions(cooldowns, cooldownSeconds, chosenLength),
          (value) => this.change({ cooldownSeconds: Number(value) }),
        )}
        ${selectField(
          'strength',
          t.diaryFilter.strength,
          numberOptions(strengths, leastProbability, (value) =>
            value === 0 ? t.diaryFilter.anyStrength : t.diaryFilter.atLeast(percent(value)),
          ),
          (value) => this.change({ leastProbability: Number(value) }),
        )}
        ${selectField(
          'lasts',
          t.diaryAlerts.lasts,
          numberOptions(lengths, leastSeconds, (value) =>
            value === 0 ? t.diaryAlerts.atOnce : t.diaryAlerts.orLonger(chosenLength(value)),
          ),
          (value) => this.change({ leastSeconds: Number(value) }),
        )}
      </div>
      <div>
        ${this.tick(t.diaryAlerts.firstOfDay, firstOfDay, (isOn) => this.change({ firstOfDay: isOn }))}
        ${this.quiet()}
      </div>
    `;
  }

  protected override render() {
    const { target, edited, fault } = this;
    const title = edited ? t.diaryAlerts.edit(targetName(edited, this.labels, this.rule.name)) : t.diaryAlerts.added;
    const { labels, isTaken } = this;
    const sound = soundField({ labels, chosen: target, edited, isTaken }, (chosen) => {
      this.fault = undefined;
      this.target = chosen;
    });
    return ruleDialog(
      {
        title,
        fault: fault && t.diaryAlerts.faults[fault],
        saveName: t.diaryAlerts.save,
        onSave: this.save,
        onCancel: () => this.dialog.close(),
      },
      html`${sound} ${this.means()} ${this.when()}`,
    );
  }

  static override styles = [controlStyles, formStyles, diaryStyles, dialogStyles, ruleDialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-alert-dialog': EarmarkAlertDialog;
  }
}
