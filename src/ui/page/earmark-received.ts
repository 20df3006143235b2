import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ReceivedCommands, ReceivedFile, ReceivedState } from '../../app/files/received';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { bytes, seconds } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { Subscription } from '../kit/state/subscription';
import { addressOf } from '../kit/tabs';
import { t } from '../messages/messages';

/** Beyond this, only the number of files is shown. */
const MOST_SHOWN = 100;

/** Shows files that came from outside the page, and asks whether to import them. */
@customElement('earmark-received')
export class EarmarkReceived extends LocalizedElement {
  /** Set once. */
  @property({ attribute: false }) received: ReceivedCommands | undefined;
  @state() private receivedState: ReceivedState = { files: [] };
  @query('dialog') private dialog!: HTMLDialogElement;

  protected readonly subscription = new Subscription(
    this,
    () => this.received,
    (changed) => {
      this.receivedState = changed;
    },
  );

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('receivedState')) return;
    const { files, failure } = this.receivedState;
    const hasSomething = files.length > 0 || failure !== undefined;
    if (hasSomething && !this.dialog.open) this.dialog.showModal();
    if (!hasSomething && this.dialog.open) this.dialog.close();
  }

  private accept(): void {
    location.hash = addressOf('teach');
    void this.received?.accept();
  }

  /** Also on Escape: rejected files must not come back on the next visit. */
  private refuse(): void {
    this.received?.dismissFailure();
    void this.received?.discard();
  }

  private row(file: ReceivedFile) {
    return html`<tr>
      <td>${file.name}</td>
      <td>${file.seconds === undefined ? nothing : seconds(file.seconds)}</td>
      <td>${bytes(file.bytes)}</td>
    </tr>`;
  }

  private offered(files: readonly ReceivedFile[]) {
    const more = files.length - MOST_SHOWN;
    return html`
      <h2>${t.received.title}</h2>
      <p>${t.received.why}</p>
      <div class="files" tabindex="0">
        <table>
          <thead>
            <tr><th scope="col">${t.received.name}</th><th scope="col">${t.received.length}</th><th scope="col">${t.received.size}</th></tr>
          </thead>
          <tbody>${files.slice(0, MOST_SHOWN).map((file) => this.row(file))}</tbody>
        </table>
        ${more > 0 ? html`<p>${t.received.more(more)}</p>` : nothing}
      </div>
      <div class="buttons">
        <button type="button" class="primary" @click=${() => this.accept()}>${t.received.accept(files.length)}</button>
        <button type="button" autofocus @click=${() => this.refuse()}>${t.received.discard}</button>
      </div>
    `;
  }

  protected override render() {
    const { files, failure } = this.receivedState;
    if (files.length === 0 && !failure) return html`<dialog></dialog>`;
    return html`
      <dialog aria-label=${t.received.title} @cancel=${() => this.refuse()}>
        ${failure ? html`<p role="alert">${t.received.failures[failure]}</p>` : nothing}
        ${
          files.length > 0
            ? this.offered(files)
            : html`<div class="buttons"><button type="button" @click=${() => this.refuse()}>${t.received.close}</button></div>`
        }
      </dialog>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      dialog {
        box-sizing: border-box;
        max-inline-size: min(40rem, 100vw - 2 * var(--space-3));
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        color: inherit;
      }

      .files {
        overflow: auto;
        max-block-size: 40vh;
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: var(--space-1) var(--space-2);
        border-block-end: 1px solid var(--line);
        text-align: start;
        overflow-wrap: anywhere;
      }

      td:not(:first-child) {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        margin-block-start: var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-received': EarmarkReceived;
  }
}
