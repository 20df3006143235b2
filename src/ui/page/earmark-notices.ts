import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands, Recovery } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { controlStyles } from '../kit/control-styles';
import './earmark-problem';
import { formStyles } from '../kit/form-styles';
import { closeIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';

/** Nobody reads more sentences. The last one gives the number of the rest. */
const MOST_PROBLEMS = 4;

/** Outcomes of the person's actions: problems, results, and undo offers. */
@customElement('earmark-notices')
export class EarmarkNotices extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) recovery: Recovery | undefined;

  private problems() {
    const { problems } = this.teach;
    if (problems.length === 0) return nothing;
    const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => t.problemText(problem));
    const left = problems.length - shown.length;
    const text = [...shown, ...(left > 0 ? [t.problem.more(left)] : [])].join('\n');
    return html`
      <earmark-problem
        .text=${text}
        @dismiss=${() => this.app.teach.notices.dismissProblems()}
      ></earmark-problem>
    `;
  }

  private offeredSettings() {
    if (this.teach.offeredSettings === undefined) return nothing;
    const { transfers } = this.app.teach;
    return html`
      <div class="notice">
        <p>${t.notices.offeredSettings}</p>
        <button type="button" @click=${() => void transfers.takeSettings()}>${t.notices.takeSettings}</button>
        <button type="button" @click=${() => void transfers.leaveSettings()}>${t.notices.leaveSettings}</button>
      </div>
    `;
  }

  protected override render() {
    const { notice, undo, undoSteps } = this.teach;
    return html`
      ${this.problems()}
      <div role="status">
        ${this.teach.elsewhere ? html`<div class="notice"><p>${t.notices.elsewhere}</p></div>` : nothing}
        ${
          this.recovery === undefined
            ? nothing
            : html`<div class="notice">
                <p>${t.notices.recoveries[this.recovery]}</p>
                <button type="button" class="plain" @click=${() => this.app.dismissRecovery()}>
                  ${closeIcon}<span class="visually-hidden">${t.problem.dismiss}</span>
                </button>
              </div>`
        }
        ${
          notice === undefined
            ? nothing
            : html`<div class="notice">
                <p>${t.notice(notice)}</p>
                <button type="button" class="plain" @click=${() => this.app.teach.notices.dismissNotice()}>
                  ${closeIcon}<span class="visually-hidden">${t.problem.dismiss}</span>
                </button>
              </div>`
        }
        ${this.offeredSettings()}
        ${
          undo === undefined
            ? nothing
            : html`<div class="notice">
                <p>${t.undoOffer(undo)}${undoSteps > 1 ? html` <span class="earlier">${t.notices.earlierSteps(undoSteps - 1)}</span>` : nothing}</p>
                <button type="button" @click=${() => void this.app.teach.undo.take()}>${t.notices.undo}</button>
                <button type="button" class="plain" @click=${() => void this.app.teach.undo.forget()}>
                  ${closeIcon}<span class="visually-hidden">${t.notices.forgetUndo}</span>
                </button>
              </div>`
        }
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      /* The action and its undo may be far down the page. */
      :host {
        display: block;
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
      }

      /* Above the button under the thumb. */
      @media (width < 40rem) and (height >= 34rem) {
        :host {
          inset-block-end: calc(5rem + env(safe-area-inset-bottom));
        }
      }

      .notice {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin-block-end: var(--space-3);
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: var(--shadow);
      }

      .notice p {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      .earlier {
        color: var(--text-muted);
        font-size: var(--text-small);
      }

      earmark-problem {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-notices': EarmarkNotices;
  }
}
