import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LONGEST_LABEL_NAME, labelId, type TaughtLabel } from '../../shared/contracts/clip';
import { problemOf } from '../../shared/contracts/messages/problem';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { labelName, t } from '../messages/messages';
import { labelNamed } from './label-named';
import { teachStyles } from './teach-styles';

/** Fired when a label is to be renamed. */
const LABEL_NAME_EVENT = 'labelname';

export class LabelNameEvent extends Event {
  constructor(
    readonly id: string,
    /** What its clips should get: a new name, or another label. */
    readonly to: TaughtLabel,
  ) {
    super(LABEL_NAME_EVENT);
  }
}

/** Renames a label. Asks before merging it with an existing one. */
@customElement('earmark-label-name')
export class EarmarkLabelName extends LocalizedElement {
  @property({ attribute: false }) label!: TaughtLabel;
  /** The person's own labels. */
  @property({ attribute: false }) own: readonly TaughtLabel[] = [];
  /** All labels, including the model's. */
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];

  @state() private renaming = false;
  @state() private problem = '';
  /** The label that already has the new name, while the person is asked. */
  @state() private taken: TaughtLabel | undefined;
  @query('input') private input!: HTMLInputElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('label');
    if (before !== undefined && before.id !== this.label.id) this.close();
  }

  private async open(): Promise<void> {
    this.renaming = true;
    await this.updateComplete;
    this.input.select();
  }

  private close(): void {
    this.renaming = false;
    this.problem = '';
    this.taken = undefined;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const name = this.input.value.trim();
    let id: string;
    try {
      id = labelId(name);
    } catch (error) {
      this.problem = t.problemText(problemOf(error));
      return;
    }
    this.problem = '';
    const known = labelNamed(id, this.known);
    if (known !== undefined && known.id !== this.label.id) this.taken = known;
    else this.rename({ id: known?.id ?? id, name });
  }

  private rename(to: TaughtLabel): void {
    this.dispatchEvent(new LabelNameEvent(this.label.id, to));
    this.close();
  }

  private question(taken: TaughtLabel) {
    const name = labelName(taken);
    const isOwn = this.own.some(({ id }) => id === taken.id);
    return html`
      <div class="question" role="alert">
        <p>
          ${isOwn ? t.labelName.taken(name) : t.labelName.shipped(name)}
          ${t.labelName.becomes(labelName(this.label), name)}
        </p>
        <div class="bar">
          <button type="button" class="primary" @click=${() => this.rename(taken)}>${t.labelName.merge}</button>
          <button type="button" @click=${this.close}>${t.labelName.leave}</button>
        </div>
      </div>
    `;
  }

  protected override render() {
    const name = labelName(this.label);
    if (!this.renaming) {
      return html`<button type="button" @click=${() => void this.open()}>${t.labelName.rename(name)}</button>`;
    }
    return html`
      <form class="bar" @submit=${this.submit}>
        <label class="visually-hidden" for="name">${t.labelName.newName(name)}</label>
        <input id="name" type="text" maxlength=${LONGEST_LABEL_NAME} autocomplete="off" aria-describedby="problem"
          .value=${name} @input=${() => {
            this.taken = undefined;
            this.problem = '';
          }} />
        <button type="submit">${t.labelName.save}</button>
        <button type="button" @click=${this.close}>${t.labelName.cancel}</button>
      </form>
      <p id="problem" role="status">${this.problem}</p>
      ${this.taken ? this.question(this.taken) : nothing}
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    css`
      button,
      p {
        max-inline-size: 100%;
        overflow-wrap: anywhere;
      }

      .question {
        display: grid;
        gap: var(--space-2);
        padding-block-start: var(--space-2);
      }

      #problem:empty {
        display: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-label-name': EarmarkLabelName;
  }
}
