import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DiaryState } from '../../app/diary/diary-state';
import { type AppCommands, type AppState, goesOn } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import { buttonOutline, controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { Subscription } from '../kit/state/subscription';
import { addressOf } from '../kit/tabs';
import { t } from '../messages/messages';
import { diaryLabels } from './diary-labels';
import { addressIn, type DiaryPlace, diaryPages, placeOf } from './diary-place';
import { diaryStyles } from './diary-styles';
import './review/earmark-diary-review';
import './sounds/earmark-diary-sounds';
import './earmark-diary-damaged';
import './earmark-diary-events';
import './charts/earmark-diary-day';
import type { SpanEvent } from './charts/earmark-diary-hours';
import './charts/earmark-diary-span';
import './event/earmark-diary-event';
import type { FilterEvent } from './filter/earmark-diary-filter';
import { everything, type FilterLabel, type ViewFilter } from './filter/view-filter';

/** The Diary view: what was heard, and when. */
@customElement('earmark-diary')
export class EarmarkDiary extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;

  /** A hidden view draws nothing, and asks the diary nothing. */
  @property({ type: Boolean }) override hidden = false;

  @state() private diary: DiaryState | undefined;
  @state() private place: DiaryPlace = placeOf(location.hash);
  @state() private filter: ViewFilter = everything;
  /** The code of the opened page could not be fetched. */
  @state() private isPageMissing = false;

  private labels: readonly FilterLabel[] = [];
  private names: ReadonlyMap<string, string> = new Map();

  protected readonly subscription = new Subscription<DiaryState>(
    this,
    () => this.app.diary,
    (diary) => {
      this.diary = diary;
    },
  );

  private readonly onHash = (): void => {
    if (!location.hash.startsWith(addressOf('diary'))) return;
    this.place = placeOf(location.hash);
    void this.fetchPage();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onHash);
    this.onHash();
    void this.app.diary.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onHash);
  }

  protected override shouldUpdate(): boolean {
    return !this.hidden;
  }

  protected override willUpdate(): void {
    if (!this.diary) return;
    this.labels = diaryLabels(this.appState, this.teach, this.diary);
    this.names = new Map(this.labels.map(({ id, name }) => [id, name]));
  }

  /** Few people set alerts or keep clips: a first visit does without that code. */
  private async fetchPage(): Promise<void> {
    const { page } = this.place;
    if (page !== 'alerts' && page !== 'clips') return;
    try {
      await (page === 'alerts' ? import('./alerts/earmark-diary-alerts') : import('./clips/earmark-diary-clips'));
      this.isPageMissing = false;
    } catch (error) {
      console.warn(error);
      this.isPageMissing = true;
    }
  }

  /** Lists the events of a cell in a chart. */
  private showSpan({ label, span }: SpanEvent): void {
    this.filter = { ...everything, label, span };
    location.hash = addressIn({ page: 'events' });
  }

  private nav() {
    return html`
      <nav aria-label=${t.diary.parts}>
        ${diaryPages.map(
          (page) =>
            html`<a href=${addressIn({ page })} aria-current=${page === this.place.page ? 'page' : 'false'}>${t.diary.pages[page]}</a>`,
        )}
      </nav>
    `;
  }

  private off() {
    const turnOn = (): void => {
      const { diary } = this.app.state.settings;
      void this.app.changeSettings({ diary: { ...diary, isOn: true } });
    };
    return html`<div class="bar"><p>${t.diary.off}</p><button type="button" @click=${turnOn}>${t.diary.turnOn}</button></div>`;
  }

  private warnings({ storage, problem, elsewhere, unwritten, unwrittenBecause, damaged }: DiaryState) {
    const { isOn } = this.appState.settings.diary;
    const isFull = unwrittenBecause?.code === 'storage-full';
    return html`
      ${isOn ? nothing : this.off()}
      ${elsewhere ? html`<p class="hint">${t.diary.elsewhere}</p>` : nothing}
      ${unwrittenBecause ? html`<p role="alert">${t.diary.unwritten(unwritten, isFull)}</p>` : nothing}
      ${problem && storage === 'ready' ? html`<p role="alert">${t.problemText(problem)}</p>` : nothing}
      <earmark-diary-damaged .events=${damaged} ?elsewhere=${elsewhere}></earmark-diary-damaged>
    `;
  }

  private missing({ problem }: DiaryState) {
    return html`
      <div class="bar" role="alert">
        <p>${t.diary.missing} ${problem ? t.problemText(problem) : nothing}</p>
        <button type="button" @click=${() => void this.app.diary.open()}>${t.diary.tryAgain}</button>
      </div>
    `;
  }

  private rulesPage(page: 'alerts' | 'clips', { clips }: DiaryState) {
    if (this.isPageMissing) return html`<p role="alert">${t.views.failed}</p>`;
    if (page === 'alerts') {
      return html`<earmark-diary-alerts .appState=${this.appState} .teach=${this.teach}></earmark-diary-alerts>`;
    }
    return html`<earmark-diary-clips .appState=${this.appState} .teach=${this.teach} .figures=${clips}></earmark-diary-clips>`;
  }

  private page(diary: DiaryState) {
    if (this.place.page === 'sounds') {
      return html`<earmark-diary-sounds .appState=${this.appState} .teach=${this.teach}></earmark-diary-sounds>`;
    }
    if (this.place.page === 'alerts' || this.place.page === 'clips') return this.rulesPage(this.place.page, diary);
    if (diary.eventCount === 0) {
      // That the diary is off is said above.
      if (!this.appState.settings.diary.isOn) return nothing;
      return html`<p class="empty">${goesOn(this.appState) ? t.diary.emptyListening : t.diary.emptyNever}</p>`;
    }
    const { page, date } = this.place;
    if (page === 'day') {
      return html`<earmark-diary-day .date=${date} .revision=${diary.revision} .names=${this.names}
        .calibrationDb=${this.appState.settings.diary.calibrationDb} @showspan=${this.showSpan}></earmark-diary-day>`;
    }
    if (page === 'review') {
      return html`<earmark-diary-review .revision=${diary.revision} .labels=${this.labels} .names=${this.names}></earmark-diary-review>`;
    }
    if (page !== 'events') {
      return html`<earmark-diary-span page=${page} .date=${date} .revision=${diary.revision} .names=${this.names}></earmark-diary-span>`;
    }
    return html`
      <earmark-diary-events
        .diary=${diary} .labels=${this.labels} .names=${this.names} .filter=${this.filter}
        .settings=${this.appState.settings.diary}
        @filterchange=${({ filter }: FilterEvent) => {
          this.filter = filter;
        }}
      ></earmark-diary-events>
    `;
  }

  protected override render() {
    const { diary, place } = this;
    if (!diary) return nothing;
    return html`
      <h2>${t.diary.title}</h2>
      ${this.nav()} ${this.warnings(diary)}
      ${
        diary.storage === 'missing'
          ? this.missing(diary)
          : diary.storage === 'ready'
            ? this.page(diary)
            : html`<p class="hint" role="status">${t.diary.opening}</p>`
      }
      <earmark-diary-event .eventId=${place.event} .revision=${diary.revision} .names=${this.names} .known=${this.labels}
        @closeevent=${() => {
          location.hash = addressIn({ page: 'events' });
        }}></earmark-diary-event>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      :host {
        padding-block-start: var(--space-2);
      }

      nav {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }

      nav a {
        ${buttonOutline}
        color: inherit;
        text-decoration: none;
      }

      nav a:hover {
        border-color: var(--text);
      }

      nav [aria-current='page'] {
        border-color: var(--text);
        background: var(--text);
        color: var(--page);
      }

      .empty {
        max-inline-size: 34rem;
        padding-block: var(--space-5);
        font-size: 1.0625rem;
      }

      @media (width < 40rem) {
        nav {
          gap: var(--space-1);
        }

        nav a {
          padding-inline: var(--space-3);
        }
      }

      @media (forced-colors: active) {
        nav [aria-current='page'] {
          forced-color-adjust: none;
          border-color: Highlight;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary': EarmarkDiary;
  }
}
