import { css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { controlStyles } from '../kit/control-styles';
import { dialogStyles } from '../kit/dialog-styles';
import { closeIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { type RecordingShortcut, recordingShortcuts, type ShortcutName, shortcuts } from '../kit/shortcuts';
import { isTab } from '../kit/tabs';
import { t } from '../messages/messages';

/** The list of keyboard shortcuts, in a dialog. */
@customElement('earmark-shortcuts')
export class EarmarkShortcuts extends LocalizedElement {
  @query('dialog', true) private dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  protected override render() {
    return html`
      <dialog aria-labelledby="title" closedby="any">
        <div class="heading">
          <h2 id="title">${t.shortcuts.title}</h2>
          <button type="button" @click=${() => this.dialog.close()}>
            ${closeIcon}<span class="word">${t.shortcuts.close}</span>
          </button>
        </div>
        <dl>
          ${(Object.keys(shortcuts) as ShortcutName[]).map(
            (name) => html`<div>
              <dt><kbd>${shortcuts[name].toUpperCase()}</kbd></dt>
              <dd>${isTab(name) ? t.shortcuts.goTo(t.views[name]) : t.shortcuts.what[name]}</dd>
            </div>`,
          )}
        </dl>
        <h3>${t.shortcuts.inRecording}</h3>
        <dl class="wide">
          ${(Object.keys(recordingShortcuts) as RecordingShortcut[]).map(
            (name) => html`<div>
              <dt>${recordingShortcuts[name].map((key) => html`<kbd>${key}</kbd> `)}</dt>
              <dd>${t.shortcuts.recording[name]}</dd>
            </div>`,
          )}
        </dl>
        <p>${t.shortcuts.off}</p>
      </dialog>
    `;
  }

  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        inline-size: min(30rem, calc(100vw - 2 * var(--gutter)));
      }

      .heading {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }

      .heading button {
        margin-inline-end: calc(-1 * var(--space-3));
        padding-inline: var(--space-3);
        border-color: transparent;
      }

      h2 {
        font-size: var(--text-title);
        font-weight: 650;
      }

      dl > div {
        display: grid;
        grid-template-columns: 3.5rem 1fr;
        align-items: center;
        padding-block: var(--space-2);
        border-block-start: 1px solid var(--line);
      }

      h3 {
        margin-block: var(--space-5) var(--space-2);
        font-size: 1.0625rem;
        font-weight: 650;
      }

      .wide > div {
        grid-template-columns: 9.5rem 1fr;
      }

      kbd {
        display: inline-block;
        min-inline-size: 2rem;
        padding: 0.125rem 0.5rem;
        border: 1px solid var(--control-line);
        border-radius: 0.375rem;
        font: inherit;
        font-weight: 600;
        text-align: center;
      }

      p {
        margin-block-start: var(--space-4);
        color: var(--text-muted);
        font-size: 0.9375rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-shortcuts': EarmarkShortcuts;
  }
}
