import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { Frozen, RewindState } from '../../app/rewind/rewind';
import type { AppCommands, AppState, HeardTags } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { controlStyles } from '../kit/control-styles';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import type { FilterEvent } from './meters/filter/earmark-filter';
import '../kit/keep/earmark-keep';
import type { EarmarkMeters } from './meters/earmark-meters';
import './meters/earmark-meters';
import type { EarmarkRewind, RewindActionEvent } from './display/earmark-rewind';
import { type EarmarkSpectrogram, SHOWN_SECONDS, type StretchEvent } from './display/earmark-spectrogram';
import './display/earmark-spectrogram';
import type { EarmarkStatus } from './earmark-status';
import type { EarmarkStages } from './stages/earmark-stages';
import './earmark-status';
import { soundIcon } from '../kit/icons';
import { OwnTurnElement } from '../kit/own-turn-element';
import { MediaQuery } from '../kit/state/media-query';
import { t } from '../messages/messages';
import type { MomentEvent } from './display/moment-event';
import { displayWords } from './display-words';
import './earmark-intro';
import { listenStyles } from './listen-styles';
import { HeadLabels } from './meters/head-labels';

/** The Listen view: what is heard now, or, when frozen, what was heard at a moment of the last two minutes. */
@customElement('earmark-listen')
export class EarmarkListen extends OwnTurnElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  @state() private frozen: Frozen | undefined;
  /** The display's visible stretch ends this long ago. */
  @state() private stretchAgoSeconds = 0;
  /** Something was heard since the page was opened, so the display has a picture to keep. */
  @state() private hasHeard = false;

  /** Earmark has listened since the page was opened. Until then, text replaces the meters. */
  private hasListened = false;

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

  /** Too low for both the display and a meter on the first screen: the meters come first. */
  private readonly lowScreen = new MediaQuery(this, '(height < 34rem)');
  private readonly headLabels = new HeadLabels();

  private takeTags({ tags, latencyMs }: HeardTags): void {
    if (this.appState.phase !== 'listening' || !this.hasUpdated) return;
    this.hasHeard = true;
    this.status.showTags(tags, latencyMs);
    // The wall and the small window are for others to watch, so they follow what is heard, even if this view is frozen.
    if (tags.head === this.teach.active) this.stages.showProbabilities(this.toldOf(tags.probabilities));
    if (this.frozen) return;
    this.spectrogram.showColumns(tags.columns, tags.windowEndSeconds);
    this.rewindBar.showColumns(tags.columns, tags.windowEndSeconds);
    // Right after a switch, a result of the previous head may still arrive. Its labels differ.
    if (tags.head !== this.teach.active) return;
    this.showProbabilities(tags.probabilities, tags.compared?.probabilities);
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
    return this.headLabels.labels.map(({ name }) => name);
  }

  /** Probabilities of the labels that a person is told, 0 for the others: see {@link HeadLabels.toldOf}. */
  toldOf(probabilities: ArrayLike<number>): ArrayLike<number> {
    return this.headLabels.toldOf(probabilities);
  }

  private showProbabilities(probabilities: ArrayLike<number>, compared: ArrayLike<number> | undefined): void {
    this.meters.showProbabilities({ probabilities, told: this.toldOf(probabilities), compared });
  }

  /** Focuses the filter. */
  focusFilter(): void {
    this.meters.focusFilter();
  }

  /** Shows the strongest labels on the whole screen. */
  openWall(): void {
    void this.stages.openWall();
  }

  /** Freezes, or returns to now. When frozen, the arrow keys move through the past at once. */
  toggleFreeze(): void {
    const { rewind } = this.app;
    if (rewind.state.frozen) {
      rewind.goLive();
    } else if (this.hasHeard) {
      void rewind.freeze();
      this.rewindBar.focus();
    }
  }

  protected override willUpdate(): void {
    if (this.appState.phase === 'listening') this.hasListened = true;
    this.headLabels.update(this.appState.model, this.teach);
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
    this.showProbabilities(tag.probabilities, tag.compared);
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

  /** What was heard: the display, the overview, and their controls. */
  private past() {
    const { appState, teach, frozen } = this;
    const { phase, model, settings } = appState;
    const words = displayWords(phase, this.hasHeard, () => this.dispatchEvent(new Event('demo')));
    const pick = (event: MomentEvent): void => void this.pickMoment(event);
    return html`
      <earmark-spectrogram
        .spec=${model?.spec}
        @moment=${pick}
        @stretch=${({ endAgoSeconds }: StretchEvent) => {
          this.stretchAgoSeconds = endAgoSeconds;
        }}
      >
        ${words && html`<div class="message">${words}</div>`}
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
        <earmark-stages .labels=${this.headLabels.labels} .appState=${appState}></earmark-stages>
      </div>
    `;
  }

  protected override render() {
    const { app, headLabels, hasListened } = this;
    const { model, settings } = this.appState;
    return html`
      <earmark-meters
        .labels=${headLabels.labels}
        .compared=${headLabels.compared}
        .filter=${guard([settings.filter], () => settings.filter)}
        .waiting=${!hasListened}
        @filterchange=${({ filter }: FilterEvent) => void app.changeSettings({ filter })}
      >
        <div class="past" slot=${hasListened && this.lowScreen.matches ? nothing : 'above'}>${this.past()}</div>
        <earmark-status .backend=${model?.backend}></earmark-status>
        ${hasListened ? nothing : html`<earmark-intro slot="waiting" .labels=${headLabels.labels}></earmark-intro>`}
      </earmark-meters>
    `;
  }

  static override styles = [controlStyles, listenStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-listen': EarmarkListen;
  }
}
