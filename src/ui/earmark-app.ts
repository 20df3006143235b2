import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands, AppState } from '../app/state';
import { STATE_EVENT } from '../app/state';
import { TEACH_EVENT, type TeachState } from '../app/teach-state';
import { appStyles } from './app-styles';
import { controlStyles } from './control-styles';
import type { EarmarkListen } from './earmark-listen';
import './earmark-listen';
import type { EarmarkListenButton } from './earmark-listen-button';
import './earmark-listen-button';
import './earmark-notices';
import './earmark-problem';
import type { EarmarkSettings } from './earmark-settings';
import './earmark-settings';
import './earmark-tabs';
import { earmarkIcon, settingsIcon } from './icons';
import { LazyViews } from './lazy-views';
import { LocalizedElement } from './localized-element';
import { languageFor, t, useLanguage } from './messages/messages';
import { tabOf } from './tabs';

/** The page: draws the app's state and passes its results on. */
@customElement('earmark-app')
export class EarmarkApp extends LocalizedElement {
  /** What the page commands and listens to. Set once. */
  @property({ attribute: false }) app: AppCommands | undefined;

  @state() private appState: AppState | undefined;
  @state() private teachState: TeachState | undefined;
  @state() private tab = tabOf(location.hash);

  @query('earmark-listen-button') private listenButton!: EarmarkListenButton;
  @query('earmark-listen') private listen!: EarmarkListen;
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

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // A space bar presses what has the focus.
    const own = `input, select, textarea, dialog${event.key === ' ' ? ', button, a, summary' : ''}`;
    if (event.composedPath().some((node) => node instanceof HTMLElement && node.matches(own))) return;
    const action = this.actionOf(event.key.toLowerCase());
    if (!action) return;
    event.preventDefault();
    if (!event.repeat) action();
  };

  /** What a key does here and now. */
  private actionOf(key: string): (() => void) | undefined {
    const { app, appState, tab } = this;
    if (key === 'r' && app && appState?.phase === 'listening')
      return () => void app.teach.keepRecent(appState.settings.keepSeconds);
    if (tab !== 'listen') return undefined;
    if (key === '/') return () => this.listen.focusFilter();
    if (key === 'f' || key === ' ') return () => this.listen.toggleFreeze();
    if (key === 'w') return () => this.listen.openWall();
    return undefined;
  }

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
    app?.teach.addEventListener(TEACH_EVENT, this.onTeach);
    this.onState();
    this.onTeach();
  }

  private stopListeningTo(app: AppCommands | undefined): void {
    app?.removeEventListener(STATE_EVENT, this.onState);
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
  }

  private speak({ settings }: AppState): Promise<void> {
    return useLanguage(languageFor(settings.language, navigator.languages));
  }

  private toggle(app: AppCommands): void {
    void (app.state.phase === 'listening' ? app.stopListening() : app.startListening());
  }

  /** The pressed button goes away with its problem, so the focus is given to the next thing to press. */
  private leaveProblem(action: () => void): void {
    this.listenButton.focus({ preventScroll: true });
    action();
  }

  protected override render() {
    const { app, appState, teachState, tab } = this;
    if (!app || !appState || !teachState) return nothing;
    const { phase, problem, settings, devices } = appState;
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
        <earmark-listen ?hidden=${tab !== 'listen'} .app=${app} .appState=${appState} .teach=${teachState}></earmark-listen>
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
