import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../../app/state';
import { SHIPPED_HEAD, type TeachState } from '../../app/teach/teach-state';
import { type Head, TAUGHT_GROUP } from '../../shared/contracts/model/head';
import type { ModelInfo } from '../../shared/contracts/tagger-api';
import { modelOfBackbone } from '../../shared/lib/backbone-id';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { figure } from '../kit/format';
import { moment } from '../kit/format-moment';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { ChangedRowsEvent, changedPlaces } from '../kit/state/changed-rows';
import { t } from '../messages/messages';
import { columnStyles, teachStyles } from './teach-styles';

/** Fired when a head's proof is requested. */
const PROOF_EVENT = 'showproof';

export class ProofEvent extends Event {
  constructor(readonly headId: string) {
    super(PROOF_EVENT);
  }
}

/** The heads: Earmark's own and the trained ones, each with its card. */
@customElement('earmark-heads')
export class EarmarkHeads extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) model: ModelInfo | undefined;

  /** Id of the head being renamed. */
  @state() private renaming: string | undefined;

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('teach')?.heads;
    if (!before) return;
    // The first one is Earmark's own.
    const [, ...rows] = this.renderRoot.querySelectorAll('ul > li');
    const places = changedPlaces(this.teach.heads, before, ({ name }) => name);
    if (places.length > 0) this.dispatchEvent(new ChangedRowsEvent(places.flatMap((place) => rows[place] ?? [])));
  }

  private useButtons(id: string, name: string) {
    const { active, compared } = this.teach;
    const inUse = active === id;
    const { teach } = this.app;
    const use = inUse ? t.heads.inUse : t.heads.use;
    const compare = compared === id ? t.heads.compared : t.heads.compare;
    return html`
      <button type="button" aria-pressed=${inUse} aria-label=${t.heads.action(use, name)} @click=${() => void teach.heads.use(id)}>
        ${use}
      </button>
      ${
        inUse
          ? nothing
          : html`<button
              type="button"
              aria-pressed=${compared === id}
              aria-label=${t.heads.action(compare, name)}
              @click=${() => void teach.heads.compare(compared === id ? undefined : id)}
            >
              ${compare}
            </button>`
      }
    `;
  }

  private rename(head: Head, event: Event): void {
    event.preventDefault();
    const name = (this.renderRoot.querySelector('#new-name') as HTMLInputElement).value;
    this.renaming = undefined;
    void this.app.teach.heads.rename(head.id, name);
  }

  private cancelRename(): void {
    this.renaming = undefined;
  }

  private heading(head: Head) {
    if (this.renaming !== head.id) return html`<h3>${head.name}</h3>`;
    return html`
      <form class="bar" @submit=${(event: Event) => this.rename(head, event)}>
        <label class="visually-hidden" for="new-name">${t.heads.newName(head.name)}</label>
        <input id="new-name" type="text" maxlength="60" autocomplete="off" .value=${head.name}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Escape') this.cancelRename();
          }} />
        <button type="submit">${t.heads.rename}</button>
        <button type="button" @click=${this.cancelRename}>${t.heads.cancel}</button>
      </form>
    `;
  }

  private card(head: Head) {
    const own = head.labels.filter(({ group }) => group === TAUGHT_GROUP).map(({ name }) => name);
    const aucs = head.proof.labels.flatMap(({ auc }) => (auc ? [auc.value] : []));
    const mean = aucs.length === 0 ? null : aucs.reduce((sum, value) => sum + value, 0) / aucs.length;
    const fits = this.model === undefined || head.backbone === this.model.backbone;
    const { teach } = this.app;
    const action = (word: string, act: () => void) =>
      html`<button type="button" aria-label=${t.heads.action(word, head.name)} @click=${act}>${word}</button>`;
    return html`
      <li>
        ${this.heading(head)}
        <p class="hint">${own.join(', ') || t.heads.noNewLabels}</p>
        <p class="hint numbers">
          ${t.heads.facts(head.proof.clips, figure(mean), moment(head.createdAtMs), modelOfBackbone(head.backbone))}
        </p>
        ${fits ? nothing : html`<p class="hint">${t.heads.otherModel}</p>`}
        <div class="bar">
          ${
            fits
              ? this.useButtons(head.id, head.name)
              : action(t.heads.trainAgain, () => void teach.training.start(head.name))
          }
          ${action(t.heads.proof, () => this.dispatchEvent(new ProofEvent(head.id)))}
          ${action(t.heads.rename, () => void this.startRename(head))}
          ${action(t.heads.export, () => void teach.heads.export(head.id))}
          ${action(t.heads.delete, () => void teach.heads.remove(head.id))}
        </div>
      </li>
    `;
  }

  private async startRename(head: Head): Promise<void> {
    this.renaming = this.renaming === head.id ? undefined : head.id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#new-name')?.select();
  }

  protected override render() {
    const { model } = this;
    return html`
      <h2>${t.heads.title}</h2>
      <p class="hint">${t.heads.what}</p>
      <ul>
        <li>
          <h3>${t.heads.shipped}</h3>
          <p class="hint">${model ? t.heads.labels(model.labels.length, model.name) : t.heads.loading}</p>
          <div class="bar">${this.useButtons(SHIPPED_HEAD, t.heads.shipped)}</div>
        </li>
        ${this.teach.heads.map((head) => this.card(head))}
      </ul>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    columnStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
        gap: var(--space-4) var(--space-6);
      }

      li {
        display: grid;
        gap: var(--space-1);
        align-content: start;
        min-inline-size: 0;
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }

      .hint {
        overflow-wrap: anywhere;
      }

      li .bar {
        margin-block-start: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-heads': EarmarkHeads;
  }
}
