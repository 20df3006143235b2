import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controlStyles } from '../../kit/control-styles';
import { pictureIcon, wallIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import type { MeterLabel } from '../meters/meter-labels';
import type { TopLabels } from './top-labels';

/** Other places to show the strongest labels: the whole screen, and a small window above all others. */
@customElement('earmark-stages')
export class EarmarkStages extends LocalizedElement {
  /** In the order of the probabilities. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];

  @state() private pictureOpen = false;
  private wall: TopLabels | undefined;
  private picture: { labels: TopLabels; close(): void } | undefined;
  private probabilities: ArrayLike<number> = [];

  /** Takes the newest probabilities, one a label. */
  showProbabilities(probabilities: ArrayLike<number>): void {
    this.probabilities = probabilities;
    if (!this.wall && !this.picture) return;
    const labels = this.labels.map(({ name }, index) => ({ name, probability: probabilities[index] ?? 0 }));
    this.wall?.show(labels);
    this.picture?.labels.show(labels);
  }

  /** Fills the screen; its code is fetched when it is first wanted. */
  async openWall(): Promise<void> {
    const { Wall } = await import('./wall');
    if (this.wall) return;
    this.wall = new Wall(t.stages.wall, () => {
      this.wall = undefined;
    }).labels;
    this.showProbabilities(this.probabilities);
  }

  private async togglePicture(): Promise<void> {
    if (this.picture) return this.picture.close();
    const { openPictureWindow } = await import('./picture-window');
    this.picture = await openPictureWindow(t.stages.pictureTitle, () => {
      this.picture = undefined;
      this.pictureOpen = false;
    });
    this.pictureOpen = this.picture !== undefined;
    this.showProbabilities(this.probabilities);
  }

  protected override render() {
    return html`
      <button type="button" title=${t.stages.wall} aria-keyshortcuts="W" @click=${() => void this.openWall()}>
        ${wallIcon}<span class="visually-hidden">${t.stages.wall}</span>
      </button>
      ${
        'documentPictureInPicture' in window
          ? html`<button
              type="button"
              class="picture"
              title=${t.stages.picture}
              aria-pressed=${this.pictureOpen}
              @click=${() => void this.togglePicture()}
            >
              ${pictureIcon}<span class="visually-hidden">${t.stages.picture}</span>
            </button>`
          : nothing
      }
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        gap: var(--space-2);
      }

      button {
        padding: 0;
      }

      /* No telephone has such a window, and its room is wanted for what is kept. */
      @media (width < 40rem) {
        .picture {
          display: none;
        }
      }

      [aria-pressed='true'] {
        border-color: var(--accent);
        color: var(--accent);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-stages': EarmarkStages;
  }
}
