import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Frozen, RewindState } from '../../app/rewind/rewind';
import type { AppCommands, AppState, HeardTags } from '../../app/state';
import { SHIPPED_HEAD, type TeachState } from '../../app/teach/teach-state';
import { controlStyles } from '../kit/control-styles';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import type { FilterEvent } from './meters/earmark-filter';
import '../kit/earmark-keep';
import type { EarmarkMeters } from './meters/earmark-meters';
import './meters/earmark-meters';
import type { EarmarkRewind, RewindActionEvent } from './display/earmark-rewind';
import './display/earmark-rewind';
import { type EarmarkSpectrogram, SHOWN_SECONDS, type StretchEvent } from './display/earmark-spectrogram';
import './display/earmark-spectrogram';
import type { EarmarkStages } from './stages/earmark-stages';
import './stages/earmark-stages';
import type { EarmarkStatus } from './earmark-status';
import './earmark-status';
import { soundIcon } from '../kit/icons';
import { OwnTurnElement } from '../kit/own-turn-element';
import { language, t } from '../messages/messages';
import type { MomentEvent } from './display/moment-event';
import { type MeterLabel, metersOf } from './meters/meter-labels';

/** The Listen view: what is heard now, or, frozen, what was heard at a moment of the last two minutes. */
@customElement('earmark-listen')
export class EarmarkListen extends OwnTurnElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private frozen: Frozen | undefined;
  /** The display shows a stretch that ends so far in the past. */
  @state() private stretchAgoSeconds = 0;
  /** Something was heard since the page was opened, so that the display has a picture to keep. */
  @state() private hasHeard = false;

  @query('earmark-spectrogram') private spectrogram!: EarmarkSpectrogram;
  @query('earmark-rewind') private rewindBar!: EarmarkRewind;
  @query('earmark-meters') private meters!: EarmarkMeters;
  @query('earmark-stages') private stages!: EarmarkStages;
  @query('earmark-status') private status!: EarmarkStatus;

  protected readonly subscriptions = [
    new Subscription(
      this,
      () => this.app.tags,
      (heard) => this.takeTags(heard),
    ),
    new Subscription(
      this,
      () => this.app.rewind,
      (state) => this.takeRewind(state),
    ),
  ];

  private shownLabels: { from: unknown[]; labels: readonly MeterLabel[]; compared: readonly MeterLabel[] | undefined } =
    {
      from: [],
      labels: [],
      compared: undefined,
    };

  private takeTags({ tags, latencyMs }: HeardTags): void {
    if (this.appState.phase !== 'listening' || !this.hasUpdated) return;
    this.hasHeard = true;
    this.status.showTags(tags, latencyMs);
    // A wall or a small window is looked at by others: it follows what is heard, whatever is frozen here.
    if (tags.head === this.teach.active) this.stages.showProbabilities(tags.probabilities);
    if (this.frozen) return;
    this.spectrogram.showColumns(tags.columns, tags.windowEndSeconds);
    this.rewindBar.showColumns(tags.columns, tags.windowEndSeconds);
    // Right after a switch a result of the head before may still come: its labels are others.
    if (tags.head !== this.teach.active) return;
    this.meters.showProbabilities(tags.probabilities, tags.compared?.probabilities);
    const { live } = this.app.rewind.state;
    if (live) this.meters.showCourses(live, tags.head, tags.windowEndSeconds);
  }

  private takeRewind({ frozen, live }: RewindState): void {
    const wasFrozen = this.frozen !== undefined;
    this.frozen = frozen;
    if (frozen) this.showMoment(frozen);
    else if (wasFrozen && live?.columnCount) this.showLive();
  }

  /** In the order of the probabilities. */
  get labelNames(): readonly string[] {
    return this.shownLabels.labels.map(({ name }) => name);
  }

  /** Puts the cursor into the filter. */
  focusFilter(): void {
    this.meters.focusFilter();
  }

  /** Shows the strongest labels over the whole screen. */
  openWall(): void {
    void this.stages.openWall();
  }

  /** Freezes, or goes back to now; frozen, the arrow keys move through the past at once. */
  toggleFreeze(): void {
    const { rewind } = this.app;
    if (rewind.state.frozen) {
      rewind.goLive();
    } else if (this.hasHeard) {
      void rewind.freeze();
      this.rewindBar.focus();
    }
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('appState') as AppState | undefined;
    if (!before) return;
    const { phase } = this.appState;
    if (before.phase === 'listening' && phase !== 'listening') this.rest();
    if (before.phase !== 'listening' && phase === 'listening') {
      this.spectrogram.clear();
      this.rewindBar.begin();
    }
  }

  /** Listening ended: nothing may look as if it were still measured. The picture stays. */
  private rest(): void {
    this.status.clear();
    this.stages.showProbabilities([]);
    if (!this.frozen) this.meters.fallSilent();
  }

  private showMoment(frozen: Frozen): void {
    const tag = frozen.history.tagAt(frozen.atSeconds);
    this.spectrogram.showMoment(frozen);
    if (tag?.head !== this.teach.active) return;
    this.meters.showProbabilities(tag.probabilities, tag.compared);
    this.meters.showCourses(frozen.history, tag.head, frozen.atSeconds);
  }

  private showLive(): void {
    const { live } = this.app.rewind.state;
    if (!live) return;
    const { columnCount, columnsPerSecond, newestSeconds } = live;
    const columns = live.columns(columnCount - Math.round(SHOWN_SECONDS * columnsPerSecond), columnCount);
    this.spectrogram.showLive(columns, newestSeconds);
    this.rewindBar.showHistory(live);
    if (this.appState.phase !== 'listening') this.meters.fallSilent();
  }

  private async pickMoment({ seconds, clicked }: MomentEvent): Promise<void> {
    if (!this.hasHeard) return;
    await this.app.rewind.moveTo(seconds);
    if (clicked) await this.app.rewind.hear();
  }

  private act({ action }: RewindActionEvent): void {
    const { rewind } = this.app;
    if (action === 'freeze') this.toggleFreeze();
    if (action === 'hear') void rewind.hear();
    if (action === 'keep') void rewind.keep(this.appState.settings.keepSeconds);
  }

  /** The labels of the heads that tag. Lists that have not changed are the same ones, so that no meter starts anew. */
  private meterLabels({ model }: AppState, { active, compared, heads }: TeachState) {
    const of = (id: string) => (id === SHIPPED_HEAD ? undefined : heads.find((head) => head.id === id));
    const from = [active, compared, model, language];
    if (from.some((part, i) => part !== this.shownLabels.from[i])) {
      this.shownLabels = {
        from,
        labels: metersOf(model, of(active)),
        compared: compared === undefined ? undefined : metersOf(model, of(compared)),
      };
    }
    return this.shownLabels;
  }

  /** What the display says while it has nothing to draw. */
  private message({ phase }: AppState) {
    if (phase === 'failed') return html`<p>${t.app.noModel}</p>`;
    if (phase === 'starting') return html`<p>${t.app.mayAsk}</p>`;
    if (phase === 'listening' || this.hasHeard) return undefined;
    return html`
      <h2>${t.app.welcome}</h2>
      <p>${t.app.howTo}</p>
      <button
        type="button"
        aria-disabled=${phase !== 'ready'}
        @click=${() => phase === 'ready' && this.dispatchEvent(new Event('demo'))}
      >
        ${soundIcon}${t.app.tryDemo}
      </button>
    `;
  }

  protected override render() {
    const { app, appState, teach, frozen } = this;
    const { phase, model, settings } = appState;
    const message = this.message(appState);
    const { labels, compared } = this.meterLabels(appState, teach);
    const pick = (event: MomentEvent): void => void this.pickMoment(event);
    return html`
      <earmark-spectrogram
        .spec=${model?.spec}
        @moment=${pick}
        @stretch=${({ endAgoSeconds }: StretchEvent) => {
          this.stretchAgoSeconds = endAgoSeconds;
        }}
      >
        ${message && html`<div class="message">${message}</div>`}
      </earmark-spectrogram>
      <earmark-rewind
        .spec=${model?.spec}
        .frozen=${frozen}
        .endAgoSeconds=${this.stretchAgoSeconds}
        .ready=${this.hasHeard}
        .playing=${teach.playing === 'past'}
        @moment=${pick}
        @rewindaction=${(event: RewindActionEvent) => this.act(event)}
      ></earmark-rewind>
      ${appState.demo ? html`<p class="demo" role="status">${soundIcon}${t.app.demo}</p>` : nothing}
      <div class="actions">
        <earmark-keep
          .teach=${teach}
          .tells=${true}
          .keepSeconds=${settings.keepSeconds}
          .listening=${phase === 'listening'}
        ></earmark-keep>
        <earmark-stages .labels=${labels} .appState=${this.appState}></earmark-stages>
      </div>
      <earmark-meters
        .labels=${labels}
        .compared=${compared}
        .filter=${settings.filter}
        @filterchange=${({ filter }: FilterEvent) => void app.changeSettings({ filter })}
      >
        <earmark-status .backend=${model?.backend}></earmark-status>
      </earmark-meters>
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

      earmark-meters {
        margin-block-start: var(--space-4);
      }

      earmark-rewind,
      .actions {
        margin-inline-start: 3.25rem;
      }

      .actions {
        display: flex;
        align-items: start;
        gap: var(--space-2);
        margin-block-start: var(--space-2);
      }

      earmark-keep {
        flex: 1;
      }

      .message {
        max-inline-size: 42rem;
        padding: var(--space-3) var(--space-4);
        background: var(--display);
        text-align: center;
        text-wrap: balance;
      }

      .message p {
        font-size: 1.0625rem;
      }

      .message button {
        margin-block-start: var(--space-3);
        border-color: var(--display-text-muted);
        font-size: 1rem;
      }

      .message button:hover {
        border-color: var(--display-text);
      }

      .message [aria-disabled='true'] {
        color: var(--display-text-muted);
        cursor: default;
      }

      .demo {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        margin: var(--space-2) 0 0 3.25rem;
        font-weight: 600;
      }

      .message h2 {
        margin-block-end: var(--space-2);
        font-size: 1.5rem;
        font-weight: 650;
        letter-spacing: -0.015em;
        line-height: 1.2;
      }

      @media (width < 40rem) {
        .message p {
          font-size: 0.9375rem;
        }

        .message h2 {
          font-size: var(--text-large);
        }

        earmark-meters {
          margin-block-start: var(--space-2);
        }

        earmark-rewind,
        .demo,
        .actions {
          margin-inline-start: 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-listen': EarmarkListen;
  }
}
