import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AppCommands, AppState } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import { precisionTable } from '../../../events/diary/precision';
import { defaultThresholds } from '../../../events/thresholds';
import type { DiarySettings } from '../../../shared/contracts/diary/diary-settings';
import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { decimal, percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { goesBy } from '../../messages/goes-by';
import { labelName, t } from '../../messages/messages';
import { withRule } from '../diary-rules';
import { diaryStyles } from '../diary-styles';
import { LatestAnswer } from '../latest-answer';
import { expectedPrecision } from './expected-precision';
import { soundsStyles } from './sounds-styles';
import { type VerdictFigures, verdictFigures } from './verdict-figures';

/** A label of the head that listens. */
interface HeardLabel {
  readonly id: string;
  readonly name: string;
  /** The threshold if the person chooses none. */
  readonly usual: number;
}

/** Slider positions, in percent. */
const LEAST = 5;
const MOST = 99;

/** Fewer verdicts say less than the model's figures. */
const LEAST_VERDICTS = 10;

/** For each sound: how sure Earmark must be, or that it is ignored. */
@customElement('earmark-diary-sounds')
export class EarmarkDiarySounds extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private text = '';
  /** Slider that is being moved, before its value is applied. */
  @state() private slid: { readonly id: string; readonly threshold: number } | undefined;

  private readonly verdicts = new LatestAnswer<VerdictFigures>(this);

  protected override willUpdate(): void {
    // Once: no verdict changes while this page is open, and 30 days of levels are many.
    this.verdicts.ask(['once'], () => verdictFigures(this.app.diary, Date.now()));
  }

  private get head() {
    return this.teach.heads.find(({ id }) => id === this.teach.active);
  }

  private get labels(): HeardLabel[] {
    const { model } = this.appState;
    if (!model) return [];
    const { head } = this;
    const labels = head?.labels ?? model.labels;
    const ids = labels.map(({ id }) => id);
    const usual = defaultThresholds({ labels: ids, model: model.thresholds, proof: head?.proof });
    return labels.map(({ id, name }, i) => ({ id, name: labelName({ id, name }), usual: usual[i] as number }));
  }

  private get diary(): DiarySettings {
    return this.appState.settings.diary;
  }

  private change(id: string, rule: Parameters<typeof withRule>[2]): void {
    this.slid = undefined;
    void this.app.changeSettings({ diary: withRule(this.diary, id, rule) });
  }

  private expectation(id: string, threshold: number): string {
    const judged: readonly SoundEvent[] = this.verdicts.value?.byLabel.get(id) ?? [];
    const [own, all] = precisionTable(judged, [threshold, 0]);
    if (own && all && own.judged >= LEAST_VERDICTS) {
      const { value, low, high } = own.precision;
      const perHour = this.verdicts.value?.perHour.get(id);
      // Of all events, as many reach the threshold as of those with a verdict.
      const alarms = perHour === undefined ? undefined : perHour * (own.judged / all.judged) * (1 - value);
      const words = t.diarySounds.ofVerdicts(percent(value), percent(low), percent(high), own.judged);
      return alarms === undefined
        ? words
        : `${words} ${t.diarySounds.falseAlarms(decimal(alarms, alarms < 1 ? 2 : alarms < 10 ? 1 : 0))}`;
    }
    const expected = expectedPrecision(id, threshold, this.head, this.appState.model?.figures);
    if (!expected) return t.diarySounds.unmeasured;
    const words = expected.from === 'proof' ? t.diarySounds.ofProof : t.diarySounds.ofTests;
    return words(percent(expected.precision));
  }

  private slider({ id, name }: HeardLabel, threshold: number) {
    const chosenOf = (event: Event): number => Number((event.target as HTMLInputElement).value) / 100;
    return html`
      <div class="slider">
        <span aria-hidden="true">${t.diarySounds.more}</span>
        <input type="range" min=${LEAST} max=${MOST} step="1" aria-label=${t.diarySounds.threshold(name)}
          aria-valuetext=${percent(threshold)} aria-describedby="expect-${id}"
          .value=${live(String(Math.round(100 * threshold)))}
          @input=${(event: Event) => {
            this.slid = { id, threshold: chosenOf(event) };
          }}
          @change=${(event: Event) => this.change(id, { threshold: chosenOf(event) })} />
        <span aria-hidden="true">${t.diarySounds.fewer}</span>
        <output class="numbers">${t.diarySounds.from(percent(threshold))}</output>
      </div>
    `;
  }

  private row(label: HeardLabel) {
    const { id, name, usual } = label;
    const rule = this.diary.rules.labels[id];
    const ignored = rule?.ignored ?? false;
    const threshold = this.slid?.id === id ? this.slid.threshold : (rule?.threshold ?? usual);
    return html`
      <li>
        <h3>${name}</h3>
        ${ignored ? html`<p class="slider hint">${t.diarySounds.ignored}</p>` : this.slider(label, threshold)}
        <p class="expect hint numbers" id="expect-${id}">${ignored ? nothing : this.expectation(id, threshold)}</p>
        <div class="bar">
          <button type="button" aria-pressed=${ignored} aria-label="${t.diarySounds.ignore}: ${name}"
            @click=${() => this.change(id, { ignored: ignored ? undefined : true })}>${t.diarySounds.ignore}</button>
          ${
            rule?.threshold === undefined || ignored
              ? nothing
              : html`<button type="button" aria-label=${t.diarySounds.resetOf(name)}
                  @click=${() => this.change(id, { threshold: undefined })}>${t.diarySounds.reset}</button>`
          }
        </div>
      </li>
    `;
  }

  private resetAll(): void {
    const ids = Object.keys(this.diary.rules.labels);
    const forget = (diary: DiarySettings, id: string) =>
      withRule(diary, id, { threshold: undefined, ignored: undefined });
    void this.app.changeSettings({ diary: ids.reduce(forget, this.diary) });
  }

  protected override render() {
    const shown = this.labels.filter((label) => goesBy(label, this.text));
    const changed = Object.values(this.diary.rules.labels).filter(
      ({ threshold, ignored }) => threshold !== undefined || ignored,
    ).length;
    if (!this.appState.model) return html`<p class="hint">${t.diarySounds.needsModel}</p>`;
    return html`
      <p class="hint">${t.diarySounds.what}</p>
      <div class="bar">
        <label class="visually-hidden" for="find">${t.diarySounds.find}</label>
        <input id="find" type="search" autocomplete="off" placeholder=${t.diarySounds.find} .value=${this.text}
          @input=${(event: Event) => {
            this.text = (event.target as HTMLInputElement).value;
          }} />
        ${
          changed === 0
            ? nothing
            : html`<span class="numbers">${t.diarySounds.changed(changed)}</span>
                <button type="button" @click=${this.resetAll}>${t.diarySounds.resetAll}</button>`
        }
      </div>
      ${shown.length === 0 ? html`<p class="hint">${t.diarySounds.none}</p>` : nothing}
      <ul>${shown.map((label) => this.row(label))}</ul>
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles, soundsStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-sounds': EarmarkDiarySounds;
  }
}
