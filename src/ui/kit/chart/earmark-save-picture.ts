import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { fileNameOf, saveFile } from '../../../app/files/save-file';
import { t } from '../../messages/messages';
import { controlStyles } from '../control-styles';
import { keepIcon } from '../icons';
import { LocalizedElement } from '../localized-element';

/** Downloads a picture of what is shown beside it as SVG. */
@customElement('earmark-save-picture')
export class EarmarkSavePicture extends LocalizedElement {
  /** Names the picture and its file. */
  @property() name = '';
  /** Draws it as it is when the button is pressed; undefined where there is nothing to draw yet. */
  @property({ attribute: false }) picture!: () => Promise<string | undefined>;

  @query('button', true) private button!: HTMLButtonElement;

  override focus(): void {
    this.button.focus();
  }

  private async save(): Promise<void> {
    const svg = await this.picture();
    if (svg !== undefined) saveFile(new Blob([svg], { type: 'image/svg+xml' }), fileNameOf(this.name, 'svg'));
  }

  protected override render() {
    return html`
      <button type="button" title=${t.picture.saveSvg} @click=${() => void this.save()}>
        ${keepIcon}<span aria-hidden="true">SVG</span><span class="visually-hidden">${t.picture.saveSvg}: ${this.name}</span>
      </button>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      :host([hidden]) {
        display: none;
      }

      button {
        gap: var(--space-1);
        padding: 0;
        border-color: transparent;
        border-radius: var(--radius-small);
        color: var(--text-muted);
        font-size: var(--text-small);
        font-weight: 400;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-save-picture': EarmarkSavePicture;
  }
}
