import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { pickedFiles } from '../../app/files/dropped-files';
import type { AppCommands } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { controlStyles } from '../kit/control-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';

/** Saves everything that the person has made as one file, and imports such a file. */
@customElement('earmark-your-data')
export class EarmarkYourData extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;

  @query('input') private picker!: HTMLInputElement;

  private pick(): void {
    const files = [...(this.picker.files ?? [])];
    this.picker.value = '';
    if (files.length === 0) return;
    void this.app.teach.transfers.importFiles(new Promise((resolve) => resolve(pickedFiles(files))));
  }

  protected override render() {
    const { transfer, storage, elsewhere } = this.teach;
    const closed = transfer !== undefined || storage !== 'ready';
    return html`
      <p>${t.yourData.why}</p>
      <div class="buttons">
        <button type="button" ?disabled=${closed} @click=${() => void this.app.teach.transfers.exportBackup()}>
          ${t.yourData.exportAll}
        </button>
        <button type="button" ?disabled=${closed || elsewhere} @click=${() => this.picker.click()}>
          ${t.yourData.importBackup}
        </button>
        <input type="file" hidden accept=".zip" aria-label=${t.yourData.file} @change=${() => this.pick()} />
      </div>
      <p>${t.yourData.importWhy}</p>
      ${
        transfer
          ? html`<div role="status">
              <span>${t.yourData[transfer.kind](transfer.done, transfer.total)}</span>
              <progress
                max=${Math.max(1, transfer.total)}
                value=${transfer.done}
                aria-label=${t.yourData.progress}
              ></progress>
            </div>`
          : nothing
      }
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }

      p {
        margin: 0;
        color: var(--text-muted);
        font-size: 0.875rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
      }

      progress {
        inline-size: 100%;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-your-data': EarmarkYourData;
  }
}
