import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { DiaryClip } from '../../../app/diary/diary-state';
import type { AppCommands, AppState } from '../../../app/state';
import { snippetPicture } from '../../../app/teach/editor/snippet-picture';
import type { TeachState } from '../../../app/teach/teach-state';
import { ColumnStrip } from '../../kit/chart/column-strip';
import '../../kit/chart/earmark-save-picture';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { keepIcon, playIcon, stopIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { Subscription } from '../../kit/state/subscription';
import { t } from '../../messages/messages';
import { eventSvg } from './event-svg';
import type { PictureCache } from './picture-cache';

/** While a person scrolls past, nothing is read. */
const READ_AFTER_MS = 150;

/** The kept sound of an event: its spectrogram, and a button that plays it. */
@customElement('earmark-event-sound')
export class EarmarkEventSound extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) eventId = '';
  /** The event's name, for people who cannot see where the button is. */
  @property({ attribute: false }) name = '';
  /** Whether Tab reaches the button. */
  @property({ attribute: false }) reach = true;
  /** Of the rows around it. Those that it has are shown at once; the others are computed. */
  @property({ attribute: false }) pictures: PictureCache | undefined;
  /** The key that plays it, if there is one. */
  @property({ attribute: false }) shortcut = '';
  /** For a row of the list. */
  @property({ type: Boolean, reflect: true }) small = false;

  /** Undefined while it is read, null if there is none. */
  @state() private clip: DiaryClip | null | undefined;
  /** Whether this element started what is being played. */
  @state() private isPlaying = false;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  /** What the picture shows. */
  private strip: ColumnStrip | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** It is read, but the model that draws it is still loading. */
  private isWaiting = false;

  protected readonly subscription = new Subscription<TeachState>(
    this,
    () => this.app.teach,
    ({ playing }) => {
      if (playing === undefined) this.isPlaying = false;
    },
  );

  protected readonly modelSubscription = new Subscription<AppState>(
    this,
    () => this.app,
    ({ model }) => {
      if (model && this.isWaiting) void this.show(this.eventId);
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('eventId')) return;
    this.clip = undefined;
    this.strip = undefined;
    this.isWaiting = false;
    clearTimeout(this.timer);
    if (this.pictures?.has(this.eventId)) return;
    this.timer = setTimeout(() => void this.show(this.eventId), this.small ? READ_AFTER_MS : 0);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('eventId') && this.canvas) this.pictures?.draw(this.eventId, this.canvas);
  }

  /** Reads the sound, unless it is there already. */
  private async read(id: string): Promise<DiaryClip | undefined> {
    if (this.clip) return this.clip;
    const clip = await this.app.diary.clip(id).catch(() => undefined);
    if (id !== this.eventId) return undefined;
    this.clip = clip ?? null;
    return clip;
  }

  private async show(id: string): Promise<void> {
    const clip = await this.read(id);
    const spec = this.app.state.model?.spec;
    this.isWaiting = clip !== undefined && spec === undefined;
    if (!clip || !spec) return;
    const { columns } = await snippetPicture(clip.samples, spec);
    await this.updateComplete;
    if (id !== this.eventId || !this.canvas) return;
    const count = Math.floor(columns.length / spec.melBands);
    const strip = new ColumnStrip(this.canvas, spec, count, 0);
    strip.paint(columns);
    strip.showUpTo(count);
    this.strip = strip;
    await this.pictures?.keep(id, this.canvas, count);
  }

  /** Plays the sound, or stops it. */
  async play(): Promise<void> {
    const clip = await this.read(this.eventId);
    if (!clip) return;
    const wasPlaying = this.isPlaying;
    await this.app.teach.playback.past(clip.samples, clip.sampleRateHz);
    // Another part of the past was playing, and this stopped it.
    if (!wasPlaying && this.app.teach.state.playing === undefined) {
      await this.app.teach.playback.past(clip.samples, clip.sampleRateHz);
    }
    this.isPlaying = this.app.teach.state.playing !== undefined;
  }

  private async keep(clip: DiaryClip): Promise<void> {
    const isKept = !clip.isKept;
    const problem = await this.app.diary.keepClip(this.eventId, isKept);
    if (!problem && this.clip === clip) this.clip = { ...clip, isKept };
  }

  /** The spectrogram as a picture of its own; undefined while there is none. */
  private async picture(): Promise<string | undefined> {
    const { clip, strip, name } = this;
    const spec = this.app.state.model?.spec;
    if (!clip || !strip || !spec) return undefined;
    const durationSeconds = clip.samples.length / clip.sampleRateHz;
    return eventSvg({ name: t.diaryEvent.spectrogram(name), spec, columns: strip.toAddress(), durationSeconds });
  }

  private keepButton(clip: DiaryClip) {
    return html`<button type="button" aria-pressed=${clip.isKept} @click=${() => void this.keep(clip)}>
      ${keepIcon}${t.diaryClips.keepForGood}
    </button>`;
  }

  protected override render() {
    if (this.clip === null) return this.small ? nothing : html`<p class="hint">${t.diaryEvent.noSound}</p>`;
    return html`
      <button type="button" class="play" tabindex=${this.reach ? 0 : -1}
        ?disabled=${!this.clip && !this.pictures?.has(this.eventId)}
        aria-keyshortcuts=${this.shortcut === '' ? nothing : this.shortcut.toUpperCase()} @click=${() => void this.play()}>
        ${this.isPlaying ? stopIcon : playIcon}
        <span class="visually-hidden">${this.isPlaying ? t.diary.stop : t.diary.play(this.name)}</span>
        ${this.shortcut === '' ? nothing : html`<kbd aria-hidden="true">${this.shortcut.toUpperCase()}</kbd>`}
      </button>
      <div class="picture"><canvas role="img" aria-label=${t.diaryEvent.spectrogram(this.name)}></canvas></div>
      ${
        this.small || !this.clip
          ? nothing
          : html`${this.keepButton(this.clip)}
              <earmark-save-picture name=${t.diaryEvent.spectrogram(this.name)} .picture=${() => this.picture()}></earmark-save-picture>`
      }
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        min-inline-size: 0;
      }

      button {
        flex: none;
      }

      .play {
        padding: 0;
      }

      .play:has(kbd) {
        padding-inline: var(--space-3);
      }

      .picture {
        /* Beside the button that plays it, and none of the others. */
        flex: 1 0 calc(100% - 8rem);
        min-inline-size: 0;
        block-size: 9rem;
        border-radius: var(--radius-small);
        background: var(--display);
        overflow: hidden;
      }

      canvas {
        display: block;
        block-size: 100%;
      }

      .hint {
        color: var(--text-muted);
        font-size: 0.9375rem;
      }

      :host([small]) {
        flex: none;
        flex-wrap: nowrap;
        flex-direction: row-reverse;
      }

      :host([small]) button {
        border-color: transparent;
      }

      :host([small]) .picture {
        flex: none;
        inline-size: 6rem;
        block-size: 2.25rem;
      }

      @media (width < 48rem) {
        :host([small]) .picture {
          display: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-event-sound': EarmarkEventSound;
  }
}
