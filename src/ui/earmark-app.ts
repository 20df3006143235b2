import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands, AppState } from '../app/state';
import { STATE_EVENT, TAGS_EVENT, type TagsEvent } from '../app/state';
import { SHIPPED_HEAD, TEACH_EVENT, type TeachState } from '../app/teach-state';
import { appStyles } from './app-styles';
import { controlStyles } from './control-styles';
import type { EarmarkListenButton } from './earmark-listen-button';
import './earmark-listen-button';
import './earmark-keep';
import type { EarmarkMeters } from './earmark-meters';
import './earmark-meters';
import './earmark-notices';
import './earmark-problem';
import type { EarmarkSettings } from './earmark-settings';
import './earmark-settings';
import type { EarmarkSpectrogram } from './earmark-spectrogram';
import './earmark-spectrogram';
import type { EarmarkStatus } from './earmark-status';
import './earmark-status';
import './earmark-tabs';
import { earmarkIcon, settingsIcon } from './icons';
import { LazyViews } from './lazy-views';
import { LocalizedElement } from './localized-element';
import { language, languageFor, t, useLanguage } from './messages/messages';
import { type MeterLabel, metersOf } from './meter-labels';
import { tabOf } from './tabs';

/** The page: draws the app's state and passes its results on. */
@customElement('earmark-app')
export class EarmarkApp extends LocalizedElement {
  /** What the page commands and listens to. Set once. */
  @property({ attribute: false }) app: AppCommands | undefined;

  @state() private appState: AppState | undefined;
  @state() private teachState: TeachState | undefined;
  @state() private tab = tabOf(location.hash);
  /** Something was heard since the page was opened, so that the display has a picture to keep. */
  @state() private hasHeard = false;

  @query('earmark-listen-button') private listenButton!: EarmarkListenButton;
  @query('earmark-spectrogram') private spectrogram!: EarmarkSpectrogram;
  @query('earmark-meters') private meters!: EarmarkMeters;
  @query('earmark-status') private status!: EarmarkStatus;
  @query('earmark-settings') private settings!: EarmarkSettings;

  private readonly views = new LazyViews(() => this.requestUpdate());

  private readonly onState = (): void => {
    this.appState = this.app?.state;
  };

  private readonly onTeach = (): void => {
    this.teachState = this.app?.teach.state;
  };

  private readonly onHash = (): void => {
    this.tab = tabOf(location.hash);
  };

  private readonly onTags = (event: Event): void => {
    if (this.appState?.phase !== 'listening' || !this.hasUpdated) return;
    const { tags, latencyMs } = event as TagsEvent;
    this.hasHeard = true;
    // Right after a switch a result of the head before may still come: its labels are others.
    if (tags.head === this.teachState?.active)
      this.meters.showProbabilities(tags.probabilities, tags.compared?.probabilities);
    this.spectrogram.showColumns(tags.columns);
    this.status.showTags(tags, latencyMs);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (
      !['/', 'r', 'R'].includes(event.key) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.defaultPrevented
    )
      return;
    const path = event.composedPath();
    if (path.some((node) => node instanceof HTMLElement && node.matches('input, select, textarea, dialog'))) return;
    if (event.key === '/') {
      if (this.tab !== 'listen') return;
      event.preventDefault();
      this.meters.focusFilter();
    } else if (!event.repeat && this.appState?.phase === 'listening') {
      void this.app?.teach.keepRecent(this.appState.settings.keepSeconds);
    }
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown);
    window.addEventListener('hashchange', this.onHash);
    this.listenTo(this.app);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
    window.removeEventListener('hashchange', this.onHash);
    this.stopListeningTo(this.app);
  }

  private listenTo(app: AppCommands | undefined): void {
    app?.addEventListener(STATE_EVENT, this.onState);
    app?.addEventListener(TAGS_EVENT, this.onTags);
    app?.teach.addEventListener(TEACH_EVENT, this.onTeach);
    this.onState();
    this.onTeach();
  }

  private stopListeningTo(app: AppCommands | undefined): void {
    app?.removeEventListener(STATE_EVENT, this.onState);
    app?.removeEventListener(TAGS_EVENT, this.onTags);
    app?.teach.removeEventListener(TEACH_EVENT, this.onTeach);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('tab')) void this.views.open(this.tab);
    if (!changed.has('app')) return;
    this.stopListeningTo(changed.get('app') as AppCommands | undefined);
    if (this.isConnected) this.listenTo(this.app);
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('appState') as AppState | undefined;
    if (!before || !this.appState) return;
    if (before.settings.language !== this.appState.settings.language) void this.speak(this.appState);
    if (before.phase === 'listening' && this.appState.phase !== 'listening') this.rest();
    if (before.phase !== 'listening' && this.appState.phase === 'listening') this.spectrogram.clear();
  }

  private speak({ settings }: AppState): Promise<void> {
    return useLanguage(languageFor(settings.language, navigator.languages));
  }

  /** Listening ended: nothing may look as if it were still measured. The picture stays. */
  private rest(): void {
    this.meters.fallSilent();
    this.status.clear();
  }

  private toggle(app: AppCommands): void {
    void (app.state.phase === 'listening' ? app.stopListening() : app.startListening());
  }

  /** The pressed button goes away with its problem, so the focus is given to the next thing to press. */
  private leaveProblem(action: () => void): void {
    this.listenButton.focus({ preventScroll: true });
    action();
  }

  private shownLabels: { from: unknown[]; labels: readonly MeterLabel[]; compared: readonly MeterLabel[] | undefined } =
    {
      from: [],
      labels: [],
      compared: undefined,
    };

  /** The labels of the heads that tag. Lists that have not changed are the same ones, so that no meter starts anew. */
  private meterLabels({ model }: AppState, { active, compared, heads }: TeachState) {
    const of = (id: string) => (id === SHIPPED_HEAD ? model?.labels : heads.find((head) => head.id === id)?.labels);
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
  private message({ phase, model }: AppState) {
    if (phase === 'loading') return html`<p>${t.app.loadingModel}</p>`;
    if (phase === 'failed') return html`<p>${t.app.noModel}</p>`;
    if (phase === 'starting') return html`<p>${t.app.mayAsk}</p>`;
    if (phase === 'listening' || this.hasHeard) return undefined;
    return html`
      <h2>${t.app.welcome}</h2>
      <p>${t.app.howTo(model?.labels.length ?? 0)}</p>
    `;
  }

  protected override render() {
    const { app, appState, teachState, tab } = this;
    if (!app || !appState || !teachState) return nothing;
    const { phase, model, problem, settings, devices } = appState;
    const message = this.message(appState);
    const { labels, compared } = this.meterLabels(appState, teachState);
    return html`
      <header>
        ${earmarkIcon}
        <div class="title">
          <h1>Earmark</h1>
          <p>${t.app.promise}</p>
        </div>
        <div class="primary">
          <earmark-listen-button .phase=${phase} @toggle=${() => this.toggle(app)}></earmark-listen-button>
        </div>
        <button type="button" class="settings" @click=${() => this.settings.open()}>
          ${settingsIcon}<span>${t.app.settings}</span>
        </button>
      </header>
      <earmark-tabs .tab=${tab}></earmark-tabs>
      <main>
        <p class="visually-hidden" role="status">${t.app.phases[phase]}</p>
        <earmark-problem
          .problem=${problem && { ...problem, message: t.problemText(problem) }}
          .dismissible=${phase !== 'failed'}
          @remedy=${() => this.leaveProblem(() => void app.remedy())}
          @dismiss=${() => this.leaveProblem(() => app.dismissProblem())}
        ></earmark-problem>
        <earmark-notices .app=${app} .teach=${teachState} .recovery=${appState.recovery}></earmark-notices>
        <div ?hidden=${tab !== 'listen'}>
        <earmark-spectrogram .spec=${model?.spec}>
          ${message && html`<div class="message">${message}</div>`}
        </earmark-spectrogram>
        <earmark-status .backend=${model?.backend}></earmark-status>
        <earmark-keep
          .app=${app}
          .teach=${teachState}
          .tells=${true}
            .keepSeconds=${settings.keepSeconds}
          .listening=${phase === 'listening'}
        ></earmark-keep>
        <earmark-meters .labels=${labels} .compared=${compared}></earmark-meters>
        </div>
        ${
          this.views.state('teach') === 'ready'
            ? html`<earmark-teach ?hidden=${tab !== 'teach'} .app=${app} .appState=${appState} .teach=${teachState}></earmark-teach>`
            : nothing
        }
        ${
          this.views.state(tab) === 'failed'
            ? html`<div class="failed-view" role="alert">
                <p>${t.views.failed}</p>
                <button type="button" @click=${() => void this.views.open(tab)}>${t.views.tryAgain}</button>
              </div>`
            : nothing
        }
      </main>
      <earmark-settings .app=${app} .settings=${settings} .devices=${devices}></earmark-settings>
    `;
  }

  static override styles = [controlStyles, appStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-app': EarmarkApp;
  }
}
