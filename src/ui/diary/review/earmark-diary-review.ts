import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import type { ReviewOrder } from '../../../events/diary/review-order';
import type { SoundEvent, Verdict } from '../../../shared/contracts/sound-event';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import '../import/earmark-diary-import';
import { eventLength, eventName, eventTime, homeZone, type LabelNames, longDay } from '../diary-words';
import '../event/earmark-event-sound';
import type { EarmarkEventSound } from '../event/earmark-event-sound';
import '../../kit/verdict/earmark-verdict';
import {
  type EarmarkVerdict,
  type TypedName,
  type TypeNameEvent,
  type VerdictEvent,
  verdictKeys,
} from '../../kit/verdict/earmark-verdict';
import type { FilterLabel } from '../filter/view-filter';
import { LatestAnswer } from '../latest-answer';
import { typedNameOf } from '../typed-name';
import './earmark-diary-precision';
import './earmark-diary-similar';
import { type ReviewFigures, reviewFigures } from './review-figures';
import { reviewStyles } from './review-styles';

const orders: readonly ReviewOrder[] = ['teaching', 'strength', 'random'];

/** Keys beside those of the verdicts. */
const SKIP_KEY = 'k';
const PLAY_KEY = 'p';

/** One event after another, for a person to say whether it was right. */
@customElement('earmark-diary-review')
export class EarmarkDiaryReview extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];
  @property({ attribute: false }) names: LabelNames = new Map();

  @state() private label = '';
  @state() private order: ReviewOrder = 'teaching';
  @state() private withClip = true;
  /** Ids of events that were skipped, or judged a moment ago. */
  @state() private passed: ReadonlySet<string> = new Set();
  /** Whether similar events are shown. */
  @state() private isComparing = false;
  @query('earmark-verdict') private verdict!: EarmarkVerdict | null;
  @query('earmark-event-sound') private sound!: EarmarkEventSound | null;

  private readonly figures = new LatestAnswer<ReviewFigures>(this);
  private readonly typedName = new LatestAnswer<TypedName | undefined>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
  }

  protected override willUpdate(): void {
    const { label, order, withClip } = this;
    const about = [label, order, withClip, this.revision];
    this.figures.ask(about, () => reviewFigures(this.app.diary, { label, order, withClip }));
    const id = this.current?.id;
    this.typedName.ask([id], () => typedNameOf(this.app.diary, id));
  }

  private get current(): SoundEvent | undefined {
    return this.figures.value?.queue.find(({ id }) => !this.passed.has(id));
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!this.checkVisibility() || !this.app.state.settings.shortcuts || event.repeat || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = (node: EventTarget) =>
      node instanceof HTMLElement && node.matches('input:not([type=checkbox]), select, textarea, dialog');
    if (event.composedPath().some(isTyping)) return;
    const key = event.key.toLowerCase();
    const answers = Object.keys(verdictKeys) as (keyof typeof verdictKeys)[];
    const answer = answers.find((name) => verdictKeys[name] === key);
    if (answer) this.verdict?.answer(answer);
    else if (key === SKIP_KEY) this.skip();
    else if (key === PLAY_KEY) void this.sound?.play();
    else return;
    event.preventDefault();
  };

  private skip(): void {
    if (this.current) this.pass(this.current);
  }

  private pass({ id }: SoundEvent): void {
    this.passed = new Set([...this.passed, id]);
    this.isComparing = false;
  }

  private async judge(event: SoundEvent, verdict: Verdict | undefined): Promise<void> {
    this.pass(event);
    const problem = await this.app.diary.judge([event.id], verdict);
    // The next event was shown meanwhile; this one is still to be answered.
    if (problem) this.passed = new Set([...this.passed].filter((id) => id !== event.id));
  }

  private choices() {
    const option = (value: string, name: string, chosen: string) =>
      html`<option value=${value} .selected=${value === chosen}>${name}</option>`;
    return html`
      <div class="choices">
        <div class="field">
          <label for="label">${t.diaryFilter.label}</label>
          <select id="label" @change=${(event: Event) => {
            this.label = (event.target as HTMLSelectElement).value;
          }}>
            ${option('', t.diaryFilter.anyLabel, this.label)} ${this.labels.map(({ id, name }) => option(id, name, this.label))}
          </select>
        </div>
        <div class="field">
          <label for="order">${t.diaryReview.order}</label>
          <select id="order" @change=${(event: Event) => {
            this.order = (event.target as HTMLSelectElement).value as ReviewOrder;
          }}>${orders.map((order) => option(order, t.diaryReview.orders[order], this.order))}</select>
        </div>
        <label class="tick">
          <input type="checkbox" .checked=${this.withClip} @change=${(event: Event) => {
            this.withClip = (event.target as HTMLInputElement).checked;
          }} />
          ${t.diaryFilter.withClip}
        </label>
      </div>
    `;
  }

  private card(event: SoundEvent, left: number) {
    const name = eventName(event, this.names);
    const home = homeZone();
    const typed = this.typedName.value;
    const typedNow = typed?.id === event.id ? typed : undefined;
    return html`
      <article aria-label=${name}>
        <div class="heading">
          <h3>${name}</h3>
          <p class="hint numbers" role="status">${t.diaryReview.left(left)}</p>
        </div>
        <p class="hint numbers">
          ${longDay(event.startMs, event.timeZone)}, ${eventTime(event, home)} · ${eventLength(event)} ·
          ${t.diaryReview.strength(percent(event.peakProbability), percent(event.threshold))}
        </p>
        <earmark-event-sound .eventId=${event.id} .name=${name} .shortcut=${PLAY_KEY}></earmark-event-sound>
        <p class="question">${t.diaryEvent.isRight}</p>
        <div class="bar">
          <earmark-verdict keys .known=${this.labels} .typed=${typedNow}
            @typename=${({ name }: TypeNameEvent) => void this.app.diary.keepTypedName(event.id, name)}
            @verdict=${({ verdict }: VerdictEvent) => void this.judge(event, verdict)}></earmark-verdict>
          <button type="button" @click=${this.skip}>${t.diaryReview.skip} <kbd>${SKIP_KEY.toUpperCase()}</kbd></button>
          <button type="button" aria-expanded=${this.isComparing} @click=${() => {
            this.isComparing = !this.isComparing;
          }}>${t.diaryReview.similar}</button>
        </div>
        ${
          this.isComparing
            ? html`<earmark-diary-similar .event=${event} .names=${this.names}></earmark-diary-similar>`
            : nothing
        }
      </article>
    `;
  }

  private done() {
    return html`<p>${this.withClip ? t.diaryReview.doneWithClip : t.diaryReview.done}</p>`;
  }

  protected override render() {
    const figures = this.figures.value;
    if (!figures) return html`<p class="hint" role="status">${t.diary.readLater}</p>`;
    const { current } = this;
    return html`
      <p class="hint">${t.diaryReview.what}</p>
      ${this.choices()} ${current ? this.card(current, figures.left) : this.done()}
      <earmark-diary-precision .labels=${figures.labels} .names=${this.names}></earmark-diary-precision>
      <earmark-diary-import .labels=${this.labels}></earmark-diary-import>
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles, reviewStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-review': EarmarkDiaryReview;
  }
}
