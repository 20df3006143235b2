import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands, AppState } from '../../app/state';
import { SHIPPED_HEAD, type TeachState } from '../../app/teach/teach-state';
import type { TaughtLabel } from '../../shared/contracts/clip';
import { controlStyles } from '../kit/control-styles';
import './earmark-heads';
import type { ProofEvent } from './earmark-heads';
import '../kit/keep/earmark-keep';
import './earmark-library';
import type { EditEvent } from './earmark-library';
import './proof/earmark-proof';
import './earmark-set-aside';
import './earmark-snippet';
import './earmark-training';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { addressOf, PROOF_ADDRESS } from '../kit/tabs';
import { labelName, language, t } from '../messages/messages';
import { teachStyles } from './teach-styles';

/** The Teach view: keep, label, train, review the proof, choose a head. */
@customElement('earmark-teach')
export class EarmarkTeach extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private dropping = false;
  /** The head whose proof was requested; otherwise the active one. */
  @state() private proofOf: string | undefined;

  /** The requested clip, until its editor is open. */
  private awaited: string | undefined;

  /** Labels to choose from: the model's and the person's own. */
  private known: readonly TaughtLabel[] = [];
  private knownFrom: unknown[] = [];

  /** The page handles drops. Teach only shows where. */
  private readonly onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) this.dropping = true;
  };

  private readonly onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null || !this.contains(event.relatedTarget as Node)) this.dropping = false;
  };

  private readonly onDrop = (): void => {
    this.dropping = false;
  };

  /**
   * What lies under the pointer while files are held: one place that takes them, whatever moves below. The browser refuses a
   * drop right after an element was entered that did not take the files, and nobody outside a shadow tree hears of moves in it.
   */
  private dropPlace() {
    return html`<div class="drop" @dragenter=${(event: DragEvent) => event.preventDefault()} @pointermove=${this.onDrop}>
      <p>${t.teach.drop}</p>
    </div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.followAddress);
    this.addEventListener('dragover', this.onDragOver);
    this.addEventListener('dragleave', this.onDragLeave);
    this.addEventListener('drop', this.onDrop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.followAddress);
    this.removeEventListener('dragover', this.onDragOver);
    this.removeEventListener('dragleave', this.onDragLeave);
    this.removeEventListener('drop', this.onDrop);
  }

  /** Rebuilt only when they change: a list of thousands of clips is drawn from them. */
  protected override willUpdate(): void {
    const inputs = [this.appState.model, this.teach.labels, language];
    if (inputs.every((input, i) => input === this.knownFrom[i])) return;
    this.knownFrom = inputs;
    const known = new Map<string, TaughtLabel>();
    for (const { id, name } of [...(this.appState.model?.labels ?? []), ...this.teach.labels]) {
      if (!known.has(id)) known.set(id, { id, name: labelName({ id, name }) });
    }
    this.known = [...known.values()].sort((a, b) => a.name.localeCompare(b.name, language));
  }

  protected override updated(): void {
    this.followAddress();
    if (this.awaited === undefined || this.awaited !== this.teach.draft?.clip?.id) return;
    this.awaited = undefined;
    this.goTo('earmark-snippet');
  }

  /** Goes to the proof where the address names it, once it is there; from then on the address names the view again. */
  private readonly followAddress = (): void => {
    if (location.hash !== PROOF_ADDRESS || this.hidden || this.teach.storage !== 'ready') return;
    history.replaceState(null, '', addressOf('teach'));
    this.proofOf = undefined;
    void this.updateComplete.then(() => this.goTo('earmark-proof'));
  };

  private async showProof(event: ProofEvent): Promise<void> {
    this.proofOf = event.headId;
    await this.updateComplete;
    this.goTo('earmark-proof');
  }

  private edit({ clipId }: EditEvent): void {
    this.awaited = clipId;
    // It may already be open.
    this.requestUpdate();
    void this.app.teach.drafts.open(clipId);
  }

  private goTo(name: 'earmark-snippet' | 'earmark-proof'): void {
    const element = this.renderRoot.querySelector(name);
    element?.scrollIntoView({ block: 'start' });
    element?.focus({ preventScroll: true });
  }

  private retry(): void {
    this.app.teach.notices.dismissProblems();
    void this.app.teach.store.open();
  }

  /** The label that the person is teaching, and a way to stop. */
  private teaching({ name }: TaughtLabel) {
    return html`<div class="teaching" role="status">
      <p>${t.teach.teaching(name)}</p>
      <button type="button" @click=${() => this.app.teach.drafts.endTeaching()}>${t.teach.endTeaching}</button>
    </div>`;
  }

  private sections() {
    const { teach } = this;
    const { model } = this.appState;
    const shown = this.proofOf ?? (teach.active === SHIPPED_HEAD ? teach.heads.at(-1)?.id : teach.active);
    const head = teach.heads.find(({ id }) => id === shown) ?? teach.heads.at(-1);
    return html`
      ${
        teach.setAside.length === 0
          ? nothing
          : html`<earmark-set-aside .rows=${teach.setAside} .elsewhere=${teach.elsewhere}></earmark-set-aside>`
      }
      <earmark-library .teach=${teach} .known=${this.known} .ready=${model !== undefined}
        @editclip=${(event: EditEvent) => this.edit(event)}></earmark-library>
      <earmark-training .teach=${teach} .known=${this.known} .ready=${model !== undefined}></earmark-training>
      <earmark-proof tabindex="-1" .teach=${teach} .head=${head} .known=${this.known}></earmark-proof>
      <earmark-heads .teach=${teach} .model=${model}
        @showproof=${(event: ProofEvent) => void this.showProof(event)}></earmark-heads>
    `;
  }

  protected override render() {
    const { teach } = this;
    const { phase, settings, model } = this.appState;
    const listening = phase === 'listening';
    return html`
      <div class="record">
        <earmark-keep .teach=${teach} .keepSeconds=${settings.keepSeconds} .listening=${listening}></earmark-keep>
        ${listening ? nothing : html`<p class="hint">${t.teach.startFirst}</p>`}
        ${teach.teaching ? this.teaching(teach.teaching) : nothing}
      </div>
      ${
        teach.draft
          ? html`<earmark-snippet tabindex="-1" .draft=${teach.draft} .teach=${teach} .spec=${model?.spec} .known=${this.known}
              .playing=${teach.playing === 'draft'}></earmark-snippet>`
          : nothing
      }
      ${teach.storage === 'opening' ? html`<p class="hint">${t.teach.opening}</p>` : nothing}
      ${
        teach.storage === 'missing'
          ? html`<div class="missing">
              <p>${t.teach.cannotSave}</p>
              <button type="button" @click=${() => this.retry()}>${t.teach.tryAgain}</button>
            </div>`
          : nothing
      }
      ${teach.storage === 'ready' ? this.sections() : nothing}
      ${this.dropping ? this.dropPlace() : nothing}
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-6) var(--space-7);
        min-block-size: 60vh;
        align-content: start;
        padding-block-start: var(--space-2);
      }

      .record {
        display: grid;
        gap: var(--space-2);
      }

      .teaching,
      .missing {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-3);
      }

      earmark-snippet {
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }

      earmark-snippet,
      earmark-proof {
        scroll-margin-block-start: 6rem;
      }

      .drop {
        position: fixed;
        inset: 0;
        z-index: 3;
        display: grid;
        place-items: center;
        border: 4px dashed var(--accent);
        background: var(--backdrop);
        color: var(--display-text);
        font-size: var(--text-title);
      }

      .drop p {
        padding: var(--space-4) var(--space-5);
        border-radius: var(--radius);
        background: var(--display);
      }

      @media (width >= 64rem) {
        :host {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        }

        .record,
        earmark-set-aside,
        earmark-snippet,
        earmark-proof,
        earmark-heads,
        .missing {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-teach': EarmarkTeach;
  }
}
