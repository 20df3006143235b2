import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import {
  askForNotifications,
  notificationAnswer,
  watchNotificationAnswer,
} from '../../../app/diary/alerts/notifications';
import type { AppCommands, AppState } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import type { AlertRule, AlertRules } from '../../../shared/contracts/diary/alert-rules';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import type { FilterLabel } from '../filter/view-filter';
import { ruleDialogStyles } from '../rule-dialog-styles';
import { hearableLabels, type SoundTarget, targetName } from '../sound-target';
import { ruleWords } from './alert-words';
import './earmark-alert-dialog';
import type { EarmarkAlertDialog, SaveAlertEvent } from './earmark-alert-dialog';

/** An alert in the list. */
interface ListedAlert {
  readonly target: SoundTarget;
  readonly rule: AlertRule;
  readonly name: string;
}

/** Where the rules of a kind of target lie. */
const listOf = { label: 'labels', group: 'groups' } as const;

/** The diary's alerts: which sounds Earmark tells of, and how. */
@customElement('earmark-diary-alerts')
export class EarmarkDiaryAlerts extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private answer = notificationAnswer();
  /** What was done last, for people who cannot see the list. */
  @state() private done = '';
  /** What the dialog was opened for. */
  private edited: SoundTarget | undefined;
  @query('earmark-alert-dialog') private dialog!: EarmarkAlertDialog;
  @query('.add') private addButton!: HTMLButtonElement;

  private labels: readonly FilterLabel[] = [];
  private stopWatching: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const update = (): void => {
      this.answer = notificationAnswer();
    };
    this.stopWatching = watchNotificationAnswer(update);
    update();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatching?.();
  }

  protected override willUpdate(): void {
    this.labels = hearableLabels(this.appState, this.teach);
  }

  private get rules(): AlertRules {
    return this.appState.settings.diary.alerts;
  }

  private get alerts(): ListedAlert[] {
    const kinds = ['label', 'group'] as const;
    return kinds.flatMap((kind) =>
      Object.entries(this.rules[listOf[kind]]).map(([id, rule]) => {
        const target = { kind, id };
        return { target, rule, name: targetName(target, this.labels, rule.name) };
      }),
    );
  }

  private ruleOf({ kind, id }: SoundTarget): AlertRule | undefined {
    return this.rules[listOf[kind]][id];
  }

  private use(alerts: AlertRules): void {
    void this.app.changeSettings({ diary: { ...this.appState.settings.diary, alerts } });
  }

  private save({ sound, rule }: SaveAlertEvent): void {
    const others = this.edited ? without(this.rules, this.edited) : this.rules;
    const list = listOf[sound.kind];
    this.use({ ...others, [list]: { ...others[list], [sound.id]: rule } });
    this.done = t.diaryAlerts.saved(rule.name);
    if (rule.means.includes('notification')) void this.ask();
  }

  private async ask(): Promise<void> {
    this.answer = await askForNotifications();
  }

  private edit(alert?: ListedAlert): void {
    this.edited = alert?.target;
    void this.dialog.open(alert?.target, alert?.rule);
  }

  /** The pressed button disappears with its alert, so the focus moves to the one that is always there. */
  private removeAlert({ target, name }: ListedAlert): void {
    this.addButton.focus({ preventScroll: true });
    this.use(without(this.rules, target));
    this.done = t.diaryAlerts.removed(name);
  }

  private test({ target, rule, name }: ListedAlert): void {
    this.app.alerts.test({ label: target.id, labelName: name, means: rule.means, startMs: Date.now() });
  }

  /** Why an alert cannot come, if it cannot. */
  private obstacle({ kind, id }: SoundTarget): string | undefined {
    const isKnown = this.labels.some((label) => (kind === 'label' ? label.id : label.group) === id);
    if (this.labels.length > 0 && !isKnown) return t.diaryAlerts.unknown;
    const isIgnored = kind === 'label' && this.appState.settings.diary.rules.labels[id]?.ignored;
    return isIgnored ? t.diaryAlerts.ignored : undefined;
  }

  private row(alert: ListedAlert) {
    const { target, rule, name } = alert;
    const obstacle = this.obstacle(target);
    return html`
      <li>
        <div>
          <h3>${name}</h3>
          <p class="hint numbers">${ruleWords(rule)}</p>
        </div>
        <div class="bar">
          <button type="button" aria-label=${t.diaryAlerts.testOf(name)} @click=${() => this.test(alert)}>${t.diaryAlerts.test}</button>
          <button type="button" aria-label=${t.diaryAlerts.changeOf(name)} @click=${() => this.edit(alert)}>${t.diaryAlerts.change}</button>
          <button type="button" aria-label=${t.diaryAlerts.removeOf(name)} @click=${() => this.removeAlert(alert)}>${t.diaryAlerts.remove}</button>
        </div>
        ${obstacle === undefined ? nothing : html`<p class="warning">${obstacle}</p>`}
      </li>
    `;
  }

  /** Where alerts are to notify but may not. */
  private permission(alerts: readonly ListedAlert[]) {
    const { answer } = this;
    if (answer === 'granted' || !alerts.some(({ rule }) => rule.means.includes('notification'))) return nothing;
    return html`
      <div class="bar warning">
        <p>${t.diaryAlerts.answers[answer]}</p>
        ${
          answer === 'default'
            ? html`<button type="button" @click=${() => void this.ask()}>${t.diaryAlerts.allow}</button>`
            : nothing
        }
      </div>
    `;
  }

  protected override render() {
    const { alerts } = this;
    return html`
      <p class="hint">${t.diaryAlerts.what}</p>
      <div class="bar">
        <button type="button" class="add primary" @click=${() => this.edit()}>${t.diaryAlerts.add}</button>
        <p class="visually-hidden" role="status">${this.done}</p>
      </div>
      ${this.permission(alerts)}
      ${
        alerts.length === 0
          ? html`<p>${t.diaryAlerts.none}</p>`
          : html`<ul class="rules" aria-label=${t.diaryAlerts.list}>${alerts.map((alert) => this.row(alert))}</ul>`
      }
      <earmark-alert-dialog .labels=${this.labels} .isTaken=${(target: SoundTarget) => this.ruleOf(target) !== undefined}
        @savealert=${this.save}></earmark-alert-dialog>
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles, ruleDialogStyles];
}

function without(rules: AlertRules, { kind, id }: SoundTarget): AlertRules {
  const { [id]: _, ...rest } = rules[listOf[kind]];
  return { ...rules, [listOf[kind]]: rest };
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-alerts': EarmarkDiaryAlerts;
  }
}
