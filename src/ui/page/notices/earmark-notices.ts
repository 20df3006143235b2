import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands, Recovery } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import type { Notice, UndoOffer } from '../../../shared/contracts/messages/notice';
import { remedyOf } from '../../../shared/contracts/messages/problem';
import { controlStyles, visuallyHidden } from '../../kit/control-styles';
import '../earmark-problem';
import { formStyles } from '../../kit/form-styles';
import { closeIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { PROOF_ADDRESS } from '../../kit/tabs';
import { t } from '../../messages/messages';
import { FadeTimer } from './fade-timer';
import { hasFocus } from './has-focus';
import { NoticesHeight } from './notices-height';

/** More than these cover what they speak of. */
const MOST_NOTICES = 2;

/** What was put right, so that nothing is left to do or to know. */
const succeeded: readonly Recovery[] = ['worker', 'microphone', 'chosen-microphone'];

/** Nobody reads more sentences. The last one gives the number of the rest. */
const MOST_PROBLEMS = 4;

/** Outcomes of the person's actions: problems, results, and undo offers. */
@customElement('earmark-notices')
export class EarmarkNotices extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) recovery: Recovery | undefined;

  /** The undo offer whose words have had their time. Only its buttons are left, so that it covers little. */
  @state() private smallUndo: UndoOffer | undefined;

  private readonly noticeFade = new FadeTimer(() => this.app.teach.notices.dismissNotice());
  private readonly recoveryFade = new FadeTimer(() => this.app.dismissRecovery());
  private readonly undoFade = new FadeTimer(() => {
    this.smallUndo = this.teach.undo;
  });

  constructor() {
    super();
    new NoticesHeight(this);
  }

  private problems() {
    const { problems } = this.teach;
    if (problems.length === 0) return nothing;
    const shown = problems.slice(0, MOST_PROBLEMS).map((problem) => t.problemText(problem));
    const left = problems.length - shown.length;
    const text = [...shown, ...(left > 0 ? [t.problem.more(left)] : [])].join('\n');
    return html`
      <earmark-problem
        .text=${text}
        .remedy=${problems.some((problem) => remedyOf(problem) === 'update') ? 'update' : 'none'}
        @remedy=${() => this.dispatchEvent(new Event('newer'))}
        @dismiss=${() => this.app.teach.notices.dismissProblems()}
      ></earmark-problem>
    `;
  }

  private offeredSettings() {
    if (this.teach.offeredSettings === undefined) return undefined;
    const { transfers } = this.app.teach;
    return html`
      <div class="notice">
        <p>${t.notices.offeredSettings}</p>
        <button type="button" @click=${() => void transfers.takeSettings()}>${t.notices.takeSettings}</button>
        <button type="button" @click=${() => void transfers.leaveSettings()}>${t.notices.leaveSettings}</button>
      </div>
    `;
  }

  private elsewhere() {
    return this.teach.elsewhere && html`<div class="notice"><p>${t.notices.elsewhere}</p></div>`;
  }

  private recovered() {
    return this.recovery && this.result(t.notices.recoveries[this.recovery], nothing, () => this.app.dismissRecovery());
  }

  private noticed() {
    const { notice } = this.teach;
    const proof = html` <a href=${PROOF_ADDRESS}>${t.notices.proof}</a>`;
    const link = notice?.code === 'head-trained' ? proof : nothing;
    return notice && this.result(t.notice(notice), link, () => this.app.teach.notices.dismissNotice());
  }

  private result(text: string, link: unknown, dismiss: () => void) {
    return html`<div class="notice">
      <p>${text}${link}</p>
      <button type="button" class="plain" @click=${dismiss}>
        ${closeIcon}<span class="word">${t.problem.dismiss}</span>
      </button>
    </div>`;
  }

  private undo() {
    const { undo, undoSteps } = this.teach;
    return (
      undo &&
      html`<div class=${undo === this.smallUndo ? 'notice small' : 'notice'}>
        <p>${t.undoOffer(undo)}${undoSteps > 1 ? html` <span class="earlier">${t.notices.earlierSteps(undoSteps - 1)}</span>` : nothing}</p>
        <button type="button" @click=${() => void this.app.teach.undo.take()}>${t.notices.undo}</button>
        <button type="button" class="plain" aria-label=${t.notices.forgetUndo} @click=${() => void this.app.teach.undo.forget()}>
          ${closeIcon}<span class="word">${t.problem.dismiss}</span>
        </button>
      </div>`
    );
  }

  protected override updated(): void {
    const { notice, undo } = this.teach;
    const held = this.matches(':hover') || hasFocus(this);
    this.undoFade.show(undo, held);
    this.noticeFade.show(notice && isSuccess(notice) ? notice : undefined, held);
    this.recoveryFade.show(this.recovery && succeeded.includes(this.recovery) ? this.recovery : undefined, held);
    // A focused button that is no longer drawn takes the focus along, and no event tells.
    this.hold(held);
  }

  private hold(held: boolean): void {
    if (held) this.smallUndo = undefined;
    this.undoFade.hold(held);
    this.noticeFade.hold(held);
    this.recoveryFade.hold(held);
  }

  protected override render() {
    const problems = this.problems();
    // The result of what was just done first: it fades, and makes room for what waits for an answer.
    const waiting = [this.noticed(), this.offeredSettings(), this.undo(), this.recovered(), this.elsewhere()];
    const shown = waiting.filter(Boolean).slice(0, problems === nothing ? MOST_NOTICES : MOST_NOTICES - 1);
    return html`
      <div
        class="all"
        @pointerenter=${() => this.hold(true)}
        @pointerleave=${() => this.hold(hasFocus(this))}
        @focusin=${() => this.hold(true)}
        @focusout=${() => this.hold(this.matches(':hover'))}
      >
        ${problems}
        <div role="status">${shown}</div>
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
        max-inline-size: 44rem;
        margin-inline-start: auto;
        /* Beside them the page can be used. */
        pointer-events: none;
      }

      .notice,
      earmark-problem {
        pointer-events: auto;
      }

      /* Their margins count as a part of their height. */
      .all {
        display: flow-root;
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
        margin-block: var(--space-3);
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

      /* No button is beside its words. */
      .notice:not(:has(button)) {
        padding: var(--space-3) var(--space-4);
      }

      .plain {
        padding-inline: var(--space-3);
      }

      .small {
        inline-size: fit-content;
        margin-inline-start: auto;
        padding-inline-start: var(--space-1);
      }

      .small p {
        ${visuallyHidden}
      }

      @media (width < 40rem) {
        .notice p {
          font-size: 0.9375rem;
          line-height: 1.3;
        }

        .earlier {
          ${visuallyHidden}
        }
      }

      .earlier {
        color: var(--text-muted);
        font-size: var(--text-small);
      }

      earmark-problem {
        max-block-size: 45vh;
        overflow-y: auto;
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

/** Whether all went as asked. Anything else stays until it is dismissed. */
function isSuccess(notice: Notice): boolean {
  if (notice.code === 'imported') return notice.leftOut + notice.others === 0;
  if (notice.code === 'backup-saved' || notice.code === 'clips-exported') return notice.leftOut === 0;
  return ['training-stopped', 'head-trained', 'head-exported'].includes(notice.code);
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-notices': EarmarkNotices;
  }
}
