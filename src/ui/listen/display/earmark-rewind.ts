import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { RecentHistory } from '../../../app/rewind/recent-history';
import type { Frozen } from '../../../app/rewind/rewind';
import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { REMEMBERED_SECONDS } from '../../../shared/contracts/recent-past';
import { ColumnStrip } from '../../kit/chart/column-strip';
import { controlStyles } from '../../kit/control-styles';
import { decimal } from '../../kit/format';
import { freezeIcon, keepIcon, playIcon, resumeIcon, stopIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { t } from '../../messages/messages';
import { SHOWN_SECONDS } from './earmark-spectrogram';
import { MomentEvent, pointAtMoments } from './moment-event';
import { rewindStyles } from './rewind-styles';
import { ColumnShrinker } from './shrink-columns';

/** The overview's own resolution. */
const PICTURE_COLUMNS_PER_SECOND = 8;
const BANDS_PER_PIXEL = 3;

/** How far the arrow keys move. */
const STEP_SECONDS = 0.5;
const LEAP_SECONDS = 5;

/** What a person can do with the past. `freeze` also unfreezes. */
const REWIND_ACTION_EVENT = 'rewindaction';

export class RewindActionEvent extends Event {
  constructor(readonly action: 'freeze' | 'hear' | 'keep') {
    super(REWIND_ACTION_EVENT);
  }
}

/** The last two minutes at a glance, as a slider over moments. Fires `MomentEvent`s and {@link RewindActionEvent}s. */
@customElement('earmark-rewind')
export class EarmarkRewind extends LocalizedElement {
  @property({ attribute: false }) spec: FeatureSpec | undefined;
  @property({ attribute: false }) frozen: Frozen | undefined;
  /** Something was heard that can be frozen. */
  @property({ attribute: false }) ready = false;
  /** The moment is being played. */
  @property({ attribute: false }) playing = false;

  /** The display's visible stretch ends this many seconds before the newest sound. */
  @property({ attribute: false }) endAgoSeconds = 0;
  @query('canvas', true) private canvas!: HTMLCanvasElement;
  @query('.slider', true) private slider!: HTMLElement;

  private strip: ColumnStrip | undefined;
  private shrinker: ColumnShrinker | undefined;
  private newestSeconds = 0;

  /** Takes the columns that arrived since the last call. */
  showColumns(columns: Float32Array, newestSeconds: number): void {
    this.newestSeconds = newestSeconds;
    const { strip, shrinker } = this;
    if (!strip || !shrinker) return;
    strip.paint(shrinker.push(columns));
    strip.showUpTo(strip.paintedColumns);
  }

  /** Draws everything that is remembered. */
  showHistory(history: RecentHistory): void {
    this.begin();
    const { columnCount, columnsPerSecond } = history;
    const first = Math.max(0, columnCount - Math.ceil(REMEMBERED_SECONDS * columnsPerSecond));
    this.showColumns(history.columns(first, columnCount), history.newestSeconds);
  }

  /** Empties the overview for a new start. */
  begin(): void {
    const { spec } = this;
    if (!spec) return;
    const factor = Math.max(1, Math.round(spec.sampleRateHz / spec.hopSamples / PICTURE_COLUMNS_PER_SECOND));
    this.shrinker = new ColumnShrinker(spec.melBands, factor, BANDS_PER_PIXEL);
    const shrunk = { ...spec, melBands: this.shrinker.shrunkBands };
    this.strip = new ColumnStrip(this.canvas, shrunk, REMEMBERED_SECONDS * PICTURE_COLUMNS_PER_SECOND, 0);
  }

  override focus(): void {
    this.slider.focus({ preventScroll: true });
  }

  private get newest(): number {
    return this.frozen?.history.newestSeconds ?? this.newestSeconds;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.frozen?.atSeconds ?? this.newest;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - (event.shiftKey ? LEAP_SECONDS : STEP_SECONDS),
      ArrowDown: at - (event.shiftKey ? LEAP_SECONDS : STEP_SECONDS),
      ArrowRight: at + (event.shiftKey ? LEAP_SECONDS : STEP_SECONDS),
      ArrowUp: at + (event.shiftKey ? LEAP_SECONDS : STEP_SECONDS),
      PageDown: at - LEAP_SECONDS,
      PageUp: at + LEAP_SECONDS,
      Home: this.newest - REMEMBERED_SECONDS,
      End: this.newest,
    };
    const seconds = moves[event.key];
    if (seconds !== undefined && this.ready) this.dispatchEvent(new MomentEvent(seconds, false));
    else if (event.key === 'Enter') this.act('hear');
    else if (event.key === 'Escape' && this.frozen) this.act('freeze');
    else return;
    event.preventDefault();
  };

  private act(action: RewindActionEvent['action']): void {
    const possible = action === 'freeze' ? this.ready : this.frozen?.sound !== undefined;
    if (possible) this.dispatchEvent(new RewindActionEvent(action));
  }

  protected override firstUpdated(): void {
    pointAtMoments(this, this.slider, (share) =>
      this.ready ? this.newest - (1 - share) * REMEMBERED_SECONDS : undefined,
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('spec')) this.begin();
  }

  protected override render() {
    const { frozen, ready, playing } = this;
    const ago = frozen ? this.newest - frozen.atSeconds : 0;
    const reach = frozen ? this.newest - frozen.history.oldestSeconds : REMEMBERED_SECONDS;
    const words = frozen ? t.rewind.ago(decimal(ago, 1)) : t.rewind.now;
    const place = (seconds: number): string => `${((100 * seconds) / REMEMBERED_SECONDS).toFixed(3)}%`;
    const button = (action: RewindActionEvent['action'], content: unknown, possible: boolean, key = '') => html`
      <button type="button" class=${action} aria-disabled=${!possible} aria-keyshortcuts=${key}
        @click=${() => this.act(action)}>${content}</button>
    `;
    return html`
      <div
        class="slider"
        role="slider"
        tabindex="0"
        aria-label=${t.rewind.moment}
        aria-disabled=${!ready}
        aria-valuemin=${-reach.toFixed(1)}
        aria-valuemax="0"
        aria-valuenow=${-ago.toFixed(1)}
        aria-valuetext=${words}
        @keydown=${this.onKeyDown}
      >
        <div class="picture"><canvas aria-hidden="true"></canvas></div>
        <i
          class="stretch"
          ${placed({ insetInlineEnd: place(this.endAgoSeconds), inlineSize: place(SHOWN_SECONDS) })}
        ></i>
        <i class="mark" ?hidden=${!frozen} ${placed({ insetInlineEnd: place(ago) })}></i>
        <span class="ends" aria-hidden="true"><span>−${REMEMBERED_SECONDS / 60} min</span><span>${words}</span></span>
      </div>
      <div class="buttons ${frozen ? '' : 'live'}" role="group" aria-label=${t.rewind.group}>
        ${button(
          'freeze',
          frozen
            ? html`${resumeIcon}<span>${t.rewind.live}</span><kbd aria-hidden="true">F</kbd>`
            : html`${freezeIcon}<span>${t.rewind.freeze}</span><kbd aria-hidden="true">F</kbd>`,
          ready,
          'F Space',
        )}
        ${button(
          'hear',
          html`${playing ? stopIcon : playIcon}<span>${playing ? t.rewind.stop : t.rewind.hear}</span>`,
          frozen?.sound !== undefined,
        )}
        ${button('keep', html`${keepIcon}<span>${t.rewind.keep}</span>`, frozen?.sound !== undefined)}
      </div>
    `;
  }

  static override styles = [controlStyles, rewindStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-rewind': EarmarkRewind;
  }
}
