import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ReceivedCommands } from '../../app/files/received';
import type { InstallationCommands, InstallationState } from '../../app/install/installation-state';
import { type AppCommands, type AppState, goesOn, type HeardTags } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { remedyOf } from '../../shared/contracts/messages/problem';
import { SHARED_SOUND } from '../../shared/contracts/settings';
import { controlStyles } from '../kit/control-styles';
import type { EarmarkListen } from '../listen/earmark-listen';
import { Announcer } from './announcer';
import { appStyles } from './app-styles';
import '../listen/earmark-listen';
import type { EarmarkListenButton } from './earmark-listen-button';
import './earmark-listen-button';
import type { EarmarkShortcuts } from './earmark-shortcuts';
import './earmark-tabs';
import { earmarkIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { type ShortcutName, shortcutOf } from '../kit/shortcuts';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import { addressOf, type TabId, tabOf, tabs } from '../kit/tabs';
import { useTheme } from '../kit/theme';
import { languageFor, loadAllTexts, t, useLanguage } from '../messages/messages';
import { LazyViews } from './lazy-views';
import { lazyViews } from './views';

/** Shortcuts that work only in the Listen view. */
const ofListen: readonly ShortcutName[] = ['filter', 'freeze', 'wall'];

/** The page: draws the app's state and passes on its results. */
@customElement('earmark-app')
export class EarmarkApp extends LocalizedElement {
  /** The app that the page controls and follows. Set once. */
  @property({ attribute: false })
  app: AppCommands | undefined;

  /** Undefined if nothing is installed, as in development. Set once. */
  @property({ attribute: false }) installation: InstallationCommands | undefined;

  /** Files from outside the page. Set once, after the first drawing. */
  @property({ attribute: false }) received: ReceivedCommands | undefined;

  @state() private installationState: InstallationState | undefined;
  @state() private appState: AppState | undefined;
  @state() private teachState: TeachState | undefined;
  @state() private tab = tabOf(location.hash);

  @query('earmark-listen-button') private listenButton!: EarmarkListenButton;
  @query('earmark-listen') private listen!: EarmarkListen;
  @query('earmark-shortcuts') private shortcutList!: EarmarkShortcuts;
  @query('.heard') private heard!: HTMLElement;

  private readonly provider = new ContextProvider(this, { context: appContext });

  protected readonly subscriptions = [
    new Subscription(
      this,
      () => this.app,
      (state) => {
        this.appState = state;
      },
    ),
    new Subscription(
      this,
      () => this.app?.teach,
      (state) => {
        this.teachState = state;
      },
    ),
    new Subscription(
      this,
      () => this.app?.tags,
      (heard) => this.announce(heard),
    ),
    new Subscription(
      this,
      () => this.installation,
      (state) => {
        this.installationState = state;
      },
    ),
  ];

  private readonly announcer = new Announcer();
  private readonly views = new LazyViews(() => this.requestUpdate());

  private readonly onHash = (): void => {
    const tab = tabOf(location.hash);
    if (tab === this.tab) return;
    this.tab = tab;
    // To the person each view is another page, so it starts at the top.
    void this.updateComplete.then(() => scrollTo({ top: 0, behavior: 'instant' }));
  };

  private announce({ tags }: HeardTags): void {
    if (this.appState?.phase !== 'listening' || !this.hasUpdated) return;
    const told = this.announcer.take(this.listen.toldOf(tags.probabilities), this.listen.labelNames, performance.now());
    if (told.length > 0) this.heard.textContent = t.announcer.heard(told);
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const name = this.appState?.settings.shortcuts ? shortcutOf(event) : undefined;
    if (name === undefined || !this.app) return;
    // Elsewhere these keys keep their usual meaning: the space bar scrolls.
    if (ofListen.includes(name) && this.tab !== 'listen') return;
    event.preventDefault();
    this.take(name, this.app);
  };

  private take(name: ShortcutName, app: AppCommands): void {
    if (name === 'toggle') this.toggle(app);
    else if (name === 'help') void this.help();
    else if (name === 'keep') {
      if (app.state.phase === 'listening') void app.teach.snippets.keepRecent(app.state.settings.keepSeconds);
    } else if (name === 'filter') this.listen.focusFilter();
    else if (name === 'freeze') this.listen.toggleFreeze();
    else if (name === 'wall') this.listen.openWall();
    else location.hash = addressOf(name);
  }

  /** Opens the list of shortcuts. Its code is fetched when first needed. */
  private async help(): Promise<void> {
    // Its texts first: it draws as soon as its code is there.
    await loadAllTexts();
    await import('./earmark-shortcuts');
    await this.shortcutList.updateComplete;
    this.shortcutList.open();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown);
    window.addEventListener('hashchange', this.onHash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
    window.removeEventListener('hashchange', this.onHash);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('tab')) void this.views.open(this.tab);
    if (changed.has('app') && this.app) this.provider.setValue(this.app);
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('appState') as AppState | undefined;
    if (!before || !this.appState) return;
    if (before.settings.language !== this.appState.settings.language) void this.speak(this.appState);
    if (before.settings.theme !== this.appState.settings.theme) useTheme(this.appState.settings.theme);
    if (before.phase === 'listening' && this.appState.phase !== 'listening') this.rest();
  }

  private speak({ settings }: AppState): Promise<void> {
    return useLanguage(languageFor(settings.language, navigator.languages));
  }

  /** Listening ended: the next sounds are new. */
  private rest(): void {
    this.announcer.reset();
    this.heard.textContent = '';
  }

  private toggle(app: AppCommands): void {
    void (goesOn(app.state) ? app.stopListening() : app.startListening());
  }

  /** The pressed button disappears with its text, so focus moves to the stop button. */
  private startDemo(): void {
    this.listenButton.focus({ preventScroll: true });
    void this.app?.startDemo();
  }

  /** The pressed button disappears with its problem, so focus moves to the next button. */
  private leaveProblem(action: () => void): void {
    this.listenButton.focus({ preventScroll: true });
    action();
  }

  /** What comes of it is shown at the top. */
  private findUpdate(): void {
    scrollTo({ top: 0 });
    void this.installation?.findUpdate();
  }

  protected override render() {
    const { app, appState, teachState, tab } = this;
    if (!app || !appState || !teachState) return nothing;
    const { phase, problem, settings } = appState;
    const open = settings.deviceId === SHARED_SOUND ? t.app.sharedOpen : t.app.microphoneOpen;
    return html`
      <header>
        <div class="brand">
          ${earmarkIcon}
          <div>
            <h1>Earmark</h1>
            <p>${isMicrophoneOpen(appState) ? html`<span class="lamp"></span>${open}` : t.app.promise}</p>
          </div>
        </div>
        <earmark-tabs .tab=${tab}></earmark-tabs>
        <div class="primary">
          <earmark-listen-button .phase=${phase} .stops=${goesOn(appState)} .demo=${appState.demo} @toggle=${() => this.toggle(app)}></earmark-listen-button>
        </div>
      </header>
      <main>
        <p class="visually-hidden" role="status">${t.app.phases[phase]}</p>
        <p class="visually-hidden heard" aria-live="polite"></p>
        <earmark-problem
          .text=${problem && t.problemText(problem)}
          .remedy=${problem ? remedyOf(problem) : 'none'}
          .dismissible=${phase !== 'failed'}
          @remedy=${() => this.leaveProblem(() => void app.remedy())}
          @dismiss=${() => this.leaveProblem(() => app.dismissProblem())}
        ></earmark-problem>
        <earmark-update .installation=${this.installation} .state=${this.installationState}></earmark-update>
        <earmark-listen
          ?hidden=${tab !== 'listen'}
          .appState=${appState}
          .teach=${teachState}
          @demo=${() => this.startDemo()}
        ></earmark-listen>
        ${tabs.map((view) => this.lazyView(view, appState, teachState))}
        <earmark-install .installation=${this.installation} .state=${this.installationState}></earmark-install>
        <earmark-notices .teach=${teachState} .recovery=${appState.recovery} @newer=${() => this.findUpdate()}></earmark-notices>
      </main>
      <earmark-shortcuts></earmark-shortcuts>
      <earmark-received .received=${this.received}></earmark-received>
    `;
  }

  /** A view whose code is fetched when it is first opened. It stays from then on. */
  private lazyView(view: TabId, appState: AppState, teachState: TeachState) {
    const state = this.views.state(view);
    const hidden = this.tab !== view;
    if (state === 'loading' && !hidden) return html`<p class="loading-view" role="status">${t.views.loading}</p>`;
    if (state === 'failed' && !hidden) {
      // Its code went with the old version. Retrying cannot help, and the notice above offers to reload.
      if (this.installationState?.update === 'taken')
        return html`<p class="failed-view" role="alert">${t.views.outdated}</p>`;
      return html`<div class="failed-view" role="alert">
        <p>${t.views.failed}</p>
        <button type="button" @click=${() => void this.views.open(view)}>${t.views.tryAgain}</button>
      </div>`;
    }
    if (state !== 'ready' || view === 'listen') return nothing;
    return lazyViews[view].draw({ hidden, appState, teachState, help: () => void this.help() });
  }

  static override styles = [controlStyles, appStyles];
}

/** Sound comes from the microphone, not from the demo. */
function isMicrophoneOpen({ phase, demo }: AppState): boolean {
  return phase === 'listening' && !demo;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-app': EarmarkApp;
  }
}
