import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AppCommands } from '../../../app/state';
import { hourAt, LocalClock } from '../../../events/diary/local-hours';
import type { FoundEvents } from '../../../shared/contracts/diary/diary-query';
import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { controlStyles } from '../../kit/control-styles';
import { percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { placed } from '../../kit/placed';
import { appContext } from '../../kit/state/app-context';
import { MediaQuery } from '../../kit/state/media-query';
import { t } from '../../messages/messages';
import '../event/earmark-event-sound';
import { addressIn } from '../diary-place';
import {
  eventLength,
  eventName,
  eventTime,
  homeZone,
  hourWords,
  type LabelNames,
  longDay,
  nameOf,
  shorterDay,
  verdictWords,
} from '../diary-words';
import { PictureCache } from '../event/picture-cache';
import { type Chapter, ListRows } from './list-rows';
import { listStyles } from './list-styles';
import { RowCache } from './row-cache';
import { WindowRows } from './window-rows';

/** Browsers cannot scroll further than some 17 million pixels. Older events are reached by the filter. */
export const MOST_LISTED = 100_000;

/** Heights of rows, in rem; the styles have the same. */
const HEIGHTS = { day: 3, hour: 2.25, event: 3.5, narrowEvent: 4.75 };

/** How far Page Up and Page Down go. */
const PAGE_ROWS = 8;

/** The list of events. Only what the screen shows is drawn. */
@customElement('earmark-diary-list')
export class EarmarkDiaryList extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) found!: FoundEvents;
  @property({ attribute: false }) names: LabelNames = new Map();
  /** Grows when events changed: they are read again. */
  @property({ attribute: false }) revision = 0;

  /** The row that has the tab stop. */
  @state() private active = 0;

  /** Whether the active row gets the focus once it is drawn. */
  private isToFocus = false;

  private readonly home = homeZone();
  private readonly narrow = new MediaQuery(this, '(width < 48rem)');
  private readonly window = new WindowRows(this);
  private readonly resize = new ResizeObserver(() => this.requestUpdate());
  private rows = new ListRows(new Float64Array(), new LocalClock('UTC'));
  private cache: RowCache | undefined;
  private readonly pictures = new PictureCache();
  /** From the top of the page to the list. */
  private topPx = 0;
  private heightPx: (row: number) => number = () => 0;
  private heightsFrom: unknown[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // What stands above the list may grow: then its rows are elsewhere.
    this.resize.observe(document.body);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  /** Whether a person has not scrolled down yet, so that a new list does not move what they read. */
  get isAtTop(): boolean {
    return this.window.isAtTop;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('found')) {
      this.rows = new ListRows(this.found.startsMs.subarray(0, MOST_LISTED), new LocalClock(this.home));
      this.cache ??= new RowCache(this.app.diary, this.found, () => this.requestUpdate());
      this.cache.renew(this.found);
      this.active =
        this.rows.eventFrom(Math.min(this.active, this.rows.count - 1), -1) ?? this.rows.eventFrom(0, 1) ?? 0;
    }
    if (changed.has('revision')) this.cache?.renew(this.found);
    this.layRows();
  }

  private layRows(): void {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const from = [this.rows, rem, this.narrow.matches];
    if (from.some((part, i) => part !== this.heightsFrom[i])) {
      this.heightsFrom = from;
      const heights = { ...HEIGHTS, event: this.narrow.matches ? HEIGHTS.narrowEvent : HEIGHTS.event };
      const { rows } = this;
      this.heightPx = (row) => heights[rows.at(row).kind] * rem;
    }
    // Whole pixels: parts of them change while the page scrolls, and each change lays all rows anew.
    this.topPx = this.hasUpdated ? Math.round(this.getBoundingClientRect().top + scrollY) : 0;
    const { topPx } = this;
    this.window.lay({ count: this.rows.count, heightPx: this.heightPx, topPx, anchor: this.active });
  }

  protected override firstUpdated(): void {
    // Only now is it known where the list stands.
    this.requestUpdate();
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const last = this.rows.count - 1;
    const to: Partial<Record<string, () => number | undefined>> = {
      ArrowDown: () => this.rows.eventFrom(this.active + 1, 1),
      ArrowUp: () => this.rows.eventFrom(this.active - 1, -1),
      PageDown: () => this.rows.eventFrom(Math.min(last, this.active + PAGE_ROWS), -1),
      PageUp: () => this.rows.eventFrom(Math.max(0, this.active - PAGE_ROWS), 1),
      Home: () => this.rows.eventFrom(0, 1),
      End: () => this.rows.eventFrom(last, -1),
    };
    const row = to[event.key]?.();
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void this.focusRow(row);
  };

  private async focusRow(row: number): Promise<void> {
    this.active = row;
    this.isToFocus = true;
    await this.updateComplete;
    this.window.reveal(row);
  }

  protected override updated(): void {
    if (!this.isToFocus) return;
    // Absent while its event is read.
    const link = this.renderRoot.querySelector<HTMLElement>(`[data-row="${this.active}"] a`);
    link?.focus({ preventScroll: true });
    this.isToFocus = link === null;
  }

  private chapter({ kind, newestMs, events }: Chapter) {
    const day = this.narrow.matches ? shorterDay : longDay;
    const name = kind === 'day' ? day(newestMs, this.home) : hourWords(hourAt(newestMs, this.home), this.home);
    const heading = html`<span>${name}</span> <small class="numbers">${t.diary.eventCount(events)}</small>`;
    return kind === 'day' ? html`<h3>${heading}</h3>` : html`<h4>${heading}</h4>`;
  }

  private event(event: SoundEvent, isActive: boolean) {
    const name = eventName(event, this.names);
    const { verdict, clip, note } = event;
    const heardAs =
      verdict?.answer === 'other' ? t.diary.insteadOf(nameOf(event.label, event.labelName, this.names)) : '';
    return html`
      <a class=${verdict?.answer ?? ''} href=${addressIn({ page: 'events', event: event.id })} tabindex=${isActive ? 0 : -1}>
        <span class="time numbers">${eventTime(event, this.home)}</span>
        <span class="words">
          <span class="name">${name}</span>
          ${heardAs || note ? html`<span class="note">${[heardAs, note].filter(Boolean).join(' · ')}</span>` : nothing}
        </span>
        <span class="strength numbers">
          <i class="bar" aria-hidden="true"><i ${placed({ inlineSize: `${100 * event.peakProbability}%` })}></i></i>
          <span class="visually-hidden">${t.diary.strength}</span> ${percent(event.peakProbability)}
        </span>
        <span class="length numbers">${eventLength(event)}</span>
        <span class="verdict">${verdict ? verdictWords(verdict) : nothing}</span>
      </a>
      ${
        clip === undefined
          ? nothing
          : html`<earmark-event-sound small .eventId=${event.id} .name=${name} .reach=${isActive} .pictures=${this.pictures}></earmark-event-sound>`
      }
    `;
  }

  private row(row: number) {
    const what = this.rows.at(row);
    if (what.kind !== 'event') return this.chapter(what);
    const event = this.cache?.at(what.index);
    return event ? this.event(event, row === this.active) : html`<p class="waiting">${t.diary.readLater}</p>`;
  }

  protected override render() {
    const shown = this.window.shown;
    return html`
      <div class=${this.app.diary.state.clips.count > 0 ? 'rows sounding' : 'rows'} role="list" aria-label=${t.diary.list} @keydown=${this.onKeyDown}
        ${placed({ blockSize: `${this.window.totalPx}px` })}>
        ${repeat(
          shown,
          ({ index }) => index,
          ({ index, start, size }) => html`
            <div role="listitem" class=${this.rows.at(index).kind} data-row=${index}
              aria-setsize=${this.rows.count} aria-posinset=${index + 1}
              @focusin=${() => {
                this.active = index;
              }}
              ${placed({ transform: `translateY(${start - this.topPx}px)`, blockSize: `${size}px` })}>${this.row(index)}</div>
          `,
        )}
      </div>
    `;
  }

  static override styles = [controlStyles, listStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-list': EarmarkDiaryList;
  }
}
