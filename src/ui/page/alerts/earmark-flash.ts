import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { t } from '../../messages/messages';

/** How long an alert stays on the screen, from the moment when it can be seen. */
const SHOWN_MS = 10_000;

/** The whole screen flashes, with what was heard in large letters, above everything else. */
@customElement('earmark-flash')
export class EarmarkFlash extends LocalizedElement {
  /** What was heard, the newest last. */
  @property({ attribute: false }) words: readonly string[] = [];
  /** What is to be said beside them. */
  @property({ attribute: false }) note = '';
  @query('dialog') private screen!: HTMLDialogElement | null;

  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly countDown = (): void => {
    clearTimeout(this.timer);
    if (this.words.length > 0 && !document.hidden) this.timer = setTimeout(() => this.end(), SHOWN_MS);
  };

  /** Shows a word for some seconds. One that comes while another is shown joins it. */
  show(word: string, note = ''): void {
    this.words = [...this.words.filter((shown) => shown !== word), word];
    this.note = note || this.note;
    this.countDown();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.countDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.countDown);
    clearTimeout(this.timer);
  }

  private end(): void {
    clearTimeout(this.timer);
    // Gives the focus back; a dialog that only disappears keeps it.
    this.screen?.close();
    this.words = [];
    this.note = '';
  }

  /** Modal, and opened anew with every word: above a dialog that was opened since, and nothing below it takes presses. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('words') || !this.screen) return;
    if (this.screen.open) this.screen.close();
    this.screen.showModal();
  }

  protected override render() {
    if (this.words.length === 0) return nothing;
    return html`
      <dialog aria-label=${this.words.join(', ')} autofocus @click=${this.end} @cancel=${this.end}>
        <div class="light"></div>
        <div class="words" role="alert">
          ${this.words.map((word) => html`<p class="heard" ${placed({ fontSize: sizeOf(word) })}>${word}</p>`)}
          ${this.note === '' ? nothing : html`<p class="note">${this.note}</p>`}
        </div>
        <button type="button" @click=${this.end}>${t.alert.dismiss}</button>
      </dialog>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      dialog {
        position: fixed;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        max-inline-size: none;
        max-block-size: none;
        margin: 0;
        padding: var(--gutter);
        border: 0;
        background: var(--page);
        color: var(--text);
      }

      dialog[open] {
        display: grid;
        grid-template-rows: 1fr auto;
        justify-items: center;
        gap: var(--space-5);
        overflow: hidden;
      }

      /* Slow, far below the three flashes a second that can cause a seizure; and the words stay readable throughout. */
      .light {
        position: absolute;
        inset: 0;
        background: var(--accent);
        opacity: 0;
        animation: flash 1s ease-in-out infinite alternate;
      }

      @keyframes flash {
        to {
          opacity: 1;
        }
      }

      .words {
        position: relative;
        display: grid;
        align-content: center;
        gap: var(--space-3);
        min-block-size: 0;
        max-inline-size: 100%;
        overflow: auto;
      }

      p {
        justify-self: center;
        padding: 0.1em 0.4em;
        border-radius: var(--radius);
        background: var(--page);
        text-align: center;
      }

      .heard {
        font-weight: 700;
        line-height: 1.15;
        overflow-wrap: anywhere;
      }

      button {
        position: relative;
        background: var(--page);
      }

      /* Within the button: around it, the outline could not be seen on the light, which has its colour. */
      button:focus-visible {
        outline-offset: calc(-1 * var(--focus-width) - 1px);
      }

      @media (prefers-reduced-motion: reduce) {
        .light {
          animation: none;
          opacity: 1;
        }
      }
    `,
  ];
}

/** The font size of a name: as large as the screen allows without breaking its longest word. */
function sizeOf(name: string): string {
  const letters = Math.max(...name.split(/[\s-]/).map((part) => part.length));
  return `clamp(1.5rem, ${Math.min(12, 130 / letters)}vw, 9rem)`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-flash': EarmarkFlash;
  }
}
