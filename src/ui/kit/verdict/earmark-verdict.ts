import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { labelId } from '../../../shared/contracts/clip';
import type { Verdict } from '../../../shared/contracts/sound-event';
import { t } from '../../messages/messages';
import { controlStyles } from '../control-styles';
import { formStyles } from '../form-styles';
import { LocalizedElement } from '../localized-element';

/** Fired when a person says what an event was; undefined takes the answer back. */
const VERDICT_EVENT = 'verdict';

export class VerdictEvent extends Event {
  constructor(readonly verdict: Verdict | undefined) {
    super(VERDICT_EVENT);
  }
}

/** Fired when a person types what an event was. */
const TYPE_EVENT = 'typename';

export class TypeNameEvent extends Event {
  /** @param name as typed so far; empty if it was given up. */
  constructor(readonly name: string) {
    super(TYPE_EVENT);
  }
}

/** What was typed about an event before it was shown. */
export interface TypedName {
  readonly id: string;
  readonly name: string;
}

/** A label that can be named instead. */
export interface KnownLabel {
  readonly id: string;
  readonly name: string;
}

/** Keys of the answers, as the review's list shows them. */
export const verdictKeys = { right: 'y', wrong: 'n', other: 'l', unsure: 'u' } as const;

type Answer = keyof typeof verdictKeys;

/** Asks whether an event was right, and if not, what it was. */
@customElement('earmark-verdict')
export class EarmarkVerdict extends LocalizedElement {
  @property({ attribute: false }) verdict: Verdict | undefined;
  @property({ attribute: false }) known: readonly KnownLabel[] = [];
  /** Another object for every event that is shown; undefined until it is known. */
  @property({ attribute: false }) typed: TypedName | undefined;
  /** Whether the buttons show their keys. */
  @property({ type: Boolean }) keys = false;

  @state() private isNaming = false;
  @state() private isBad = false;
  @query('input') private input!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('typed')) return;
    if (this.typed !== undefined && this.typed.name !== '') this.isNaming = true;
    // Another event. What was typed about the first one may be known only after naming began.
    else if (changed.get('typed') !== undefined) this.isNaming = false;
  }

  /** Gives an answer, as a press of its button does. */
  answer(answer: Answer): void {
    if (answer === 'other') return void this.startNaming();
    const isBack = this.verdict?.answer === answer;
    this.tell(isBack ? undefined : { answer });
  }

  private async startNaming(): Promise<void> {
    this.isNaming = true;
    this.isBad = false;
    await this.updateComplete;
    this.input?.focus();
  }

  private tell(verdict: Verdict | undefined): void {
    this.isNaming = false;
    this.dispatchEvent(new VerdictEvent(verdict));
  }

  private tellTyped(): void {
    this.dispatchEvent(new TypeNameEvent(this.input?.value ?? ''));
  }

  private saveName(event: Event): void {
    event.preventDefault();
    const name = this.input?.value.trim() ?? '';
    const known = this.known.find((label) => label.name.toLowerCase() === name.toLowerCase());
    try {
      this.tell({ answer: 'other', label: known?.id ?? labelId(name) });
    } catch {
      this.isBad = true;
      this.input?.focus();
    }
  }

  private button(answer: Answer) {
    return html`<button type="button" aria-pressed=${this.verdict?.answer === answer} @click=${() => this.answer(answer)}>
      ${t.diary.verdicts[answer]}${this.keys ? html` <kbd>${verdictKeys[answer].toUpperCase()}</kbd>` : nothing}
    </button>`;
  }

  private naming() {
    return html`
      <form @submit=${this.saveName} @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        // The dialog around it stays open.
        event.preventDefault();
        event.stopPropagation();
        this.isNaming = false;
        this.dispatchEvent(new TypeNameEvent(''));
      }}>
        <label for="name">${t.diaryEvent.other}</label>
        <div class="bar">
          <input id="name" type="text" list="known" autocomplete="off" placeholder=${t.diaryEvent.otherHint}
            .value=${this.typed?.name ?? ''} @input=${this.tellTyped}
            aria-invalid=${this.isBad} aria-describedby=${this.isBad ? 'bad' : nothing} />
          <datalist id="known">${this.known.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
          <button type="submit">${t.diaryEvent.useOther}</button>
        </div>
        ${this.isBad ? html`<p id="bad" role="alert">${t.diaryEvent.badName}</p>` : nothing}
      </form>
    `;
  }

  protected override render() {
    return html`
      <div class="bar" role="group" aria-label=${t.diaryEvent.isRight}>
        ${(Object.keys(verdictKeys) as Answer[]).map((answer) => this.button(answer))}
      </div>
      ${this.isNaming ? this.naming() : nothing}
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }

      form {
        display: grid;
        gap: var(--space-1);
      }

      form label {
        font-size: 0.875rem;
        font-weight: 600;
      }

      input {
        flex: 1;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-verdict': EarmarkVerdict;
  }
}
