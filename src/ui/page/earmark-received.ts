import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ReceivedCommands, ReceivedFile, ReceivedState } from '../../app/files/received';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { bytes, seconds } from '../kit/format';
import { LocalizedElement } from '../kit/localized-element';
import { Subscription } from '../kit/state/subscription';
import '../kit/table/earmark-table';
import { numberCell, type TableData } from '../kit/table/table-data';
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

  private acceptAsRecordings(): void {
    location.hash = addressOf('recordings');
    void this.received?.acceptAsRecordings();
  }

  /** Also on Escape: rejected files must not come back on the next visit. */
  private refuse(): void {
    this.received?.dismissFailure();
    void this.received?.discard();
  }

  private table(files: readonly ReceivedFile[]): TableData {
    return {
      name: t.received.files,
      columns: [t.received.name, t.received.length, t.received.size],
      rows: files.map((file) => [file.name, numberCell(file.seconds ?? null, seconds), numberCell(file.bytes, bytes)]),
    };
  }

  private offered(files: readonly ReceivedFile[]) {
    const more = files.length - MOST_SHOWN;
    return html`
      <h2>${t.received.title}</h2>
      <p>${t.received.why}</p>
      <earmark-table .data=${this.table(files)} .most=${MOST_SHOWN}></earmark-table>
      ${more > 0 ? html`<p>${t.received.more(more)}</p>` : nothing}
      <div class="buttons">
        <button type="button" class="primary" @click=${() => this.accept()}>${t.received.accept(files.length)}</button>
        ${
          this.receivedState.canBeRecordings
            ? html`<button type="button" @click=${() => this.acceptAsRecordings()}>${t.received.asRecordings}</button>`
            : nothing
        }
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

      earmark-table {
        --table-height: 40vh;
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
