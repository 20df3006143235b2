import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Phase } from '../../app/state';
import { controlStyles } from '../kit/control-styles';
import { microphoneIcon, stopIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';

/** Fired when the person wants to start or stop, whichever the button says. */
const TOGGLE_EVENT = 'toggle';

/** The one primary button. */
@customElement('earmark-listen-button')
export class EarmarkListenButton extends LocalizedElement {
  @property({ attribute: false }) phase: Phase = 'loading';
  /** It stops what is running or about to run. */
  @property({ attribute: false }) stops = false;
  /** The source is the demo. */
  @property({ attribute: false }) demo = false;

  @query('button') private button!: HTMLButtonElement;

  override focus(options?: FocusOptions): void {
    this.button.focus(options);
  }

  private get canBePressed(): boolean {
    return this.stops || this.phase === 'ready';
  }

  private press(): void {
    if (this.canBePressed) this.dispatchEvent(new Event(TOGGLE_EVENT));
  }

  private get words(): string {
    if (this.stops) return t.listenButton[this.demo ? 'demo' : 'listening'];
    return t.listenButton[this.phase === 'loading' || this.phase === 'failed' ? this.phase : 'ready'];
  }

  protected override render() {
    const { phase, stops } = this;
    // Not the `disabled` attribute: it would take the focus away from the person who just pressed the button.
    return html`
      <button
        type="button"
        class=${stops ? 'listening' : phase}
        aria-disabled=${!this.canBePressed}
        aria-busy=${phase === 'loading' || phase === 'starting' || phase === 'waiting'}
        @click=${this.press}
      >
        ${stops ? stopIcon : microphoneIcon}${this.words}
      </button>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      button {
        inline-size: 100%;
        min-inline-size: 15.5rem;
        min-block-size: max(48px, 3rem);
        border: 2px solid var(--accent);
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 650;
      }

      button:hover {
        border-color: var(--accent-strong);
        background: var(--accent-strong);
      }

      .listening,
      .listening:hover {
        background: var(--surface);
        color: var(--text);
      }

      .listening svg {
        color: var(--accent);
      }

      [aria-disabled='true'],
      [aria-disabled='true']:hover {
        border-color: var(--line);
        background: var(--surface);
        color: var(--text-muted);
        cursor: default;
      }

      [aria-busy='true'] svg {
        animation: breathe 1.6s ease-in-out infinite alternate;
      }

      @keyframes breathe {
        from {
          opacity: 0.3;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        [aria-busy='true'] svg {
          animation: none;
        }
      }

      @media (width < 24rem) {
        button {
          min-inline-size: 0;
        }
      }

      /* There it shares a line with the tabs. */
      @media (width >= 32rem) and (height < 34rem) {
        button {
          min-inline-size: 0;
          min-block-size: var(--target);
          padding-inline: var(--space-3);
          font-size: 0.9375rem;
        }
      }

      @media (forced-colors: active) {
        [aria-disabled='true'] {
          border-color: GrayText;
          color: GrayText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-listen-button': EarmarkListenButton;
  }
}
