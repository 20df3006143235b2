import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ScreenWakeLock } from '../../../app/listening/wake-lock';
import type { AppState } from '../../../app/state';
import { controlStyles, visuallyHidden } from '../../kit/control-styles';
import { pictureIcon, wallIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import type { MeterLabel } from '../meters/meter-labels';
import type { BoardScreen } from './board-screen';
import { deafnessOf } from './deafness';
import { HeardBoard } from './heard-board';

/** How often a board checks the time: for “1 min ago”, and for sound that has stopped arriving. */
const TICK_MS = 1000;

/** Other places to show what is heard: the whole screen, and a small window on top of all others. */
@customElement('earmark-stages')
export class EarmarkStages extends LocalizedElement {
  /** In the order of the probabilities. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];
  @property({ attribute: false }) appState!: AppState;

  @state() private pictureOpen = false;
  private readonly board = new HeardBoard();
  private wall: BoardScreen | undefined;
  private picture: { screen: BoardScreen; close(): void } | undefined;
  /** People who watch the wall touch nothing for hours. */
  private wakeLock: ScreenWakeLock | undefined;
  /** When sound last arrived, or listening began. */
  private soundMs = Number.NEGATIVE_INFINITY;
  private ticks: ReturnType<typeof setInterval> | undefined;

  /** Takes the newest probabilities, one per label. */
  showProbabilities(probabilities: ArrayLike<number>): void {
    const nowMs = performance.now();
    this.soundMs = nowMs;
    this.board.take(this.labels, probabilities, nowMs);
    this.draw();
  }

  /** Fills the screen. Its code is fetched when first needed. */
  async openWall(): Promise<void> {
    const { Wall } = await import('./wall');
    if (this.wall) return;
    this.wall = new Wall(t.stages.wall, () => {
      this.wall = undefined;
      this.wakeLock?.release();
      this.draw();
    }).screen;
    this.wakeLock ??= new ScreenWakeLock();
    this.wakeLock.hold();
    this.draw();
  }

  private async togglePicture(): Promise<void> {
    if (this.picture) return this.picture.close();
    const { openPictureWindow } = await import('./picture-window');
    this.picture = await openPictureWindow(t.stages.pictureTitle, () => {
      this.picture = undefined;
      this.pictureOpen = false;
      this.draw();
    });
    this.pictureOpen = this.picture !== undefined;
    this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wakeLock?.release();
    clearInterval(this.ticks);
    this.ticks = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('appState');
    if (this.appState.phase === 'listening' && before?.phase !== 'listening') this.soundMs = performance.now();
    if (changed.has('appState')) this.draw();
  }

  /** Draws the open boards, and keeps a timer running while there is one. */
  private draw(): void {
    const screens = [this.wall, this.picture?.screen].filter((screen) => screen !== undefined);
    const nowMs = performance.now();
    const deafness = deafnessOf(this.appState, this.soundMs, nowMs);
    for (const screen of screens) screen.show(this.board.rows(screen.count, nowMs), deafness);
    if (screens.length > 0) this.ticks ??= setInterval(() => this.draw(), TICK_MS);
    else {
      clearInterval(this.ticks);
      this.ticks = undefined;
    }
  }

  protected override render() {
    return html`
      <button type="button" title=${t.stages.wall} aria-keyshortcuts="W" @click=${() => void this.openWall()}>
        ${wallIcon}<span class="words">${t.stages.wall}</span>
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
              ${pictureIcon}<span class="words">${t.stages.picture}</span>
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

      /* Next to the keep controls there is room for words only on wide screens. */
      @media (width < 62rem) {
        button {
          padding: 0;
        }

        .words {
          ${visuallyHidden}
        }
      }

      /* Phones have no such window, and the space is needed for the keep controls. */
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
