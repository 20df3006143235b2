import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { labelId, type TaughtLabel } from '../../shared/contracts/clip';
import { EarmarkError, problemOf } from '../../shared/contracts/messages/problem';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { closeIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { goesBy } from '../messages/goes-by';
import { t } from '../messages/messages';
import { labelNamed } from './label-named';
import { labelPickerStyles } from './label-picker-styles';
import { teachStyles } from './teach-styles';

/** This many fit below the field on a phone. */
const MOST_SUGGESTIONS = 6;

const LABELS_EVENT = 'labelschange';

/** The chosen labels, after a label was added or removed. */
export class LabelsEvent extends Event {
  constructor(readonly labels: readonly TaughtLabel[]) {
    super(LABELS_EVENT);
  }
}

/** Chosen labels as chips, and a field that completes known ones and accepts new ones. */
@customElement('earmark-label-picker')
export class EarmarkLabelPicker extends LocalizedElement {
  @property({ attribute: false }) labels: readonly TaughtLabel[] = [];
  /** Labels for completion. */
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  @property() caption: string = t.labelPicker.labels;

  @state() private text = '';
  /** The suggestion selected with the arrow keys; −1: none. */
  @state() private active = -1;
  @state() private open = false;
  @state() private problem = '';
  @query('input') private input!: HTMLInputElement;

  override focus(): void {
    this.input.focus();
  }

  /** The text in the field that was not confirmed with Enter, if it is a label. */
  get typed(): TaughtLabel | undefined {
    return this.text.trim() === '' ? undefined : this.pending;
  }

  /** Accepts the text in the field, like Enter. @returns false if it is not a label; the field says why. */
  takeTyped(): boolean {
    if (this.text.trim() !== '') this.take();
    return this.problem === '';
  }

  /** Clears the field. */
  clear(): void {
    this.text = '';
    this.problem = '';
    this.active = -1;
    this.open = false;
  }

  /** Known labels that match the typed text, and the typed text as a new one. */
  private get suggestions(): { label: TaughtLabel; isNew: boolean }[] {
    const typed = this.text.trim().toLowerCase();
    const taken = new Set(this.labels.map(({ id }) => id));
    const fitting = this.known.filter((label) => !taken.has(label.id) && goesBy(label, typed));
    fitting.sort(
      (a, b) => Number(b.name.toLowerCase().startsWith(typed)) - Number(a.name.toLowerCase().startsWith(typed)),
    );
    const found = fitting.slice(0, MOST_SUGGESTIONS).map((label) => ({ label, isNew: false }));
    const own = typed === '' ? undefined : this.typedLabel();
    if (!own || taken.has(own.id) || this.known.includes(own)) return found;
    return [...found, { label: own, isNew: true }];
  }

  /** What Enter accepts: the selected suggestion, else the typed text. A longer label must not replace it. */
  private get pending(): TaughtLabel | undefined {
    return this.suggestions[this.active]?.label ?? this.typedLabel();
  }

  private typedLabel(): TaughtLabel | undefined {
    try {
      const name = this.text.trim();
      const id = labelId(name);
      return labelNamed(id, this.known) ?? { id, name };
    } catch (error) {
      // The reason is shown when the person tries to accept it.
      if (error instanceof EarmarkError) return undefined;
      throw error;
    }
  }

  private change(labels: readonly TaughtLabel[]): void {
    this.labels = labels;
    this.dispatchEvent(new LabelsEvent(labels));
  }

  private add(label: TaughtLabel): void {
    if (!this.labels.some(({ id }) => id === label.id)) this.change([...this.labels, label]);
    this.clear();
  }

  private takeAway(label: TaughtLabel): void {
    this.change(this.labels.filter(({ id }) => id !== label.id));
    this.input.focus();
  }

  private take(): void {
    const label = this.pending;
    if (label) {
      this.add(label);
      return;
    }
    try {
      labelId(this.text);
    } catch (error) {
      this.problem = t.problemText(problemOf(error));
    }
  }

  private onKey(event: KeyboardEvent): void {
    const count = this.suggestions.length;
    if (event.key === 'Enter' && (this.text.trim() !== '' || this.active >= 0)) this.take();
    else if (event.key === 'ArrowDown') this.active = Math.min(count - 1, this.active + 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(-1, this.active - 1);
    else if (event.key === 'Backspace' && this.text === '' && this.labels.length > 0)
      this.change(this.labels.slice(0, -1));
    else if (event.key === 'Escape' && this.open) this.open = false;
    else return;
    if (event.key.startsWith('Arrow')) this.open = true;
    event.preventDefault();
  }

  private list() {
    const suggestions = this.suggestions;
    if (!this.open || suggestions.length === 0) return nothing;
    return html`
      <ul id="list" role="listbox" aria-label=${t.labelPicker.known}>
        ${suggestions.map(
          ({ label, isNew }, i) => html`
            <li
              id="option-${i}"
              role="option"
              aria-selected=${i === this.active}
              @pointerdown=${(event: Event) => event.preventDefault()}
              @click=${() => {
                this.add(label);
                this.input.focus();
              }}
            >
              ${isNew ? t.labelPicker.isNew(label.name) : label.name}
            </li>
          `,
        )}
      </ul>
    `;
  }

  protected override render() {
    const expanded = this.open && this.suggestions.length > 0;
    return html`
      <label for="text">${this.caption}</label>
      <div class="box">
        ${this.labels.map(
          (label) => html`
            <button type="button" class="chip" @click=${() => this.takeAway(label)}>
              <span class="visually-hidden">${t.labelPicker.remove}</span><span class="name">${label.name}</span>${closeIcon}
            </button>
          `,
        )}
        <div class="typing">
          <input
            id="text"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="done"
            placeholder=${this.labels.length === 0 ? t.labelPicker.first : t.labelPicker.another}
            aria-expanded=${expanded}
            aria-controls="list"
            aria-autocomplete="list"
            aria-activedescendant=${expanded && this.active >= 0 ? `option-${this.active}` : ''}
            aria-describedby="problem"
            .value=${this.text}
            @input=${() => {
              this.text = this.input.value;
              this.active = -1;
              this.open = true;
              this.problem = '';
            }}
            @blur=${() => {
              this.open = false;
            }}
            @keydown=${this.onKey}
          />
          ${this.list()}
        </div>
      </div>
      <p id="problem" role="status">${this.problem}</p>
    `;
  }

  static override styles = [controlStyles, formStyles, teachStyles, labelPickerStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-label-picker': EarmarkLabelPicker;
  }
}
