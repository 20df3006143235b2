import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Remedy } from '../../shared/contracts/messages/problem';
import { controlStyles } from '../kit/control-styles';
import { closeIcon, warningIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';

/** Fired when the person presses the remedy button. */
const REMEDY_EVENT = 'remedy';

/** Fired when the person dismisses the problem. */
const DISMISS_EVENT = 'dismiss';

/** What went wrong, in words, with the button that helps. */
@customElement('earmark-problem')
export class EarmarkProblem extends LocalizedElement {
  /** What happened, and what to do. Without it nothing is drawn. */
  @property({ attribute: false }) text: string | undefined;

  /** The button that is offered. */
  @property({ attribute: false }) remedy: Remedy = 'none';

  /** Whether it can be dismissed. It cannot while there is no other way to continue. */
  @property({ attribute: false }) dismissible = true;

  private raise(type: string): void {
    this.dispatchEvent(new Event(type));
  }

  protected override render() {
    const { text, remedy } = this;
    if (text === undefined) return nothing;
    return html`
      <div role="alert">
        ${warningIcon}
        <p>${text}</p>
        ${
          remedy === 'none'
            ? nothing
            : html`<button type="button" class="remedy" @click=${() => this.raise(REMEDY_EVENT)}>${t.problem.remedies[remedy]}</button>`
        }
        ${
          this.dismissible
            ? html`<button type="button" class="dismiss" @click=${() => this.raise(DISMISS_EVENT)}>
                ${closeIcon}<span class="word">${t.problem.dismiss}</span>
              </button>`
            : nothing
        }
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      [role='alert'] {
        display: grid;
        grid-template: 'icon text remedy dismiss' auto / auto 1fr auto auto;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        margin-block-end: var(--space-4);
        padding: var(--space-3) var(--space-3) var(--space-3) var(--space-4);
        border: 1px solid var(--problem-line);
        border-radius: var(--radius);
        background: var(--problem-surface);
      }

      [role='alert'] > svg {
        grid-area: icon;
        color: var(--problem-line);
      }

      p {
        grid-area: text;
      }

      .remedy {
        grid-area: remedy;
        border-color: var(--text);
        background: var(--text);
        color: var(--page);
        font-weight: 600;
      }

      .dismiss {
        grid-area: dismiss;
        padding-inline: var(--space-3);
        border-color: transparent;
      }

      @media (width < 40rem) {
        [role='alert'] {
          grid-template:
            'icon text dismiss' auto
            '. remedy remedy' auto / auto 1fr auto;
          align-items: start;
        }

        [role='alert'] > svg,
        p {
          margin-block-start: 0.625rem;
        }

        [role='alert'] > svg {
          margin-block-start: 0.75rem;
        }

        .remedy {
          justify-self: start;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-problem': EarmarkProblem;
  }
}
