import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { RecentHistory } from '../../../app/rewind/recent-history';
import { COURSE_SECONDS } from '../../../shared/contracts/recent-past';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { pageDrawn } from '../../kit/page-drawn';
import { loadAllTexts, t } from '../../messages/messages';
import type { EarmarkFilter } from './filter/earmark-filter';
import { FilterEvent } from './filter/earmark-filter';
import { CloseUp } from './trust/close-up';
import './filter/earmark-filter';
import { applicable, everyLabel, groupsOf, passes } from './filter/label-filter';
import { type HeardProbabilities, MeterBoard, STRONGEST, silence } from './meter-board';
import type { MeterGroup, MeterLabel } from './meter-labels';
import type { MeterRow } from './meter-row';
import { metersStyles } from './meters-styles';
import { TabStop } from './tab-stop';
import type { EarmarkTrust } from './trust/earmark-trust';

/** The search help is fetched with the first search. Until then the search says less. It needs all texts. */
const loadSearchHelp = () => loadAllTexts().then(() => import('./filter/earmark-search-help'), console.warn);

/** Small meters that are added at a time. */
const METERS_PER_DRAWING = 60;

/** Placeholders for the strongest while there is no model, so that nothing jumps when it loads. */
const blankTracks = Array.from({ length: STRONGEST }, () => html`<i></i>`);

/**
 * All meters of a model: the strongest large at the top, then the rest in columns, narrowed by a filter. Slotted
 * content appears between them, or in the slot `above`. The slot `waiting` is shown until the first sound.
 */
@customElement('earmark-meters')
export class EarmarkMeters extends LocalizedElement {
  /** In the order of the probabilities. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];
  /** A second head's labels, in the order of its probabilities; undefined without one. */
  @property({ attribute: false }) compared: readonly MeterLabel[] | undefined;

  /** Nothing was heard yet, so there are no meters. */
  @property({ attribute: false }) waiting = false;

  /** What the person wants to see. A {@link FilterEvent} reports changes. */
  @property({ attribute: false }) filter = everyLabel;
  @query('.strongest', true) private strongest!: HTMLElement;
  @query('.rest', true) private rest!: HTMLElement;
  @query('earmark-trust', true) private trust!: EarmarkTrust;
  @query('earmark-filter') private filterElement!: EarmarkFilter | null;

  /** How many small meters are drawn. They come after the strongest, some at a time: all at once would block the page. */
  private restCount = 0;
  private readonly closeUp = new CloseUp(
    this,
    () => this.trust,
    () => this.board.goOn(),
  );
  private readonly board = new MeterBoard(this, () => {
    this.closeUp.follow();
    return this.closeUp.row !== undefined;
  });
  private readonly tabStop = new TabStop();

  /** Takes the newest probabilities. */
  showProbabilities(heard: HeardProbabilities): void {
    this.board.show(heard);
  }

  /** The strongest labels' lines show the minute that ends at this moment of the history. */
  showCourses(history: RecentHistory, head: string, endSeconds: number): void {
    this.board.showCourses({ history, head, endSeconds });
  }

  /** Nothing is heard any more: every meter falls to 0. */
  fallSilent(): void {
    this.board.show(silence);
  }

  focusFilter(): void {
    this.filterElement?.focus();
  }

  private get groups(): readonly MeterGroup[] {
    return groupsOf(this.labels);
  }

  private arrange(): void {
    const { strongest, rest, restCount } = this;
    this.board.arrange({ filter: applicable(this.filter, this.groups), strongest, rest, restCount });
    this.tabStop.keepAmong(this.board.shown);
  }

  private rowOf(event: Event): MeterRow | undefined {
    return this.board.rowAmong(event.composedPath());
  }

  private onFocus(event: FocusEvent): void {
    const row = this.rowOf(event);
    if (!row) return;
    this.tabStop.moveTo(row);
    this.closeUp.focused(row);
  }

  private onKeyDown(event: KeyboardEvent): void {
    // The popover is the last element here, but belongs after its meter. From there on the browser moves the focus.
    const wasInPopover = ['Tab', 'Escape'].includes(event.key) && this.closeUp.leavePopover();
    if (wasInPopover && event.shiftKey) event.preventDefault();
    if (event.key === 'Escape') this.closeUp.end();
    if (wasInPopover) return;
    if (event.key === 'Tab' && !event.shiftKey && this.closeUp.enter()) event.preventDefault();
    const from = this.rowOf(event);
    if (from && this.tabStop.follow(event.key, from, this.board.shown)) event.preventDefault();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isNew = changed.has('labels') || changed.has('waiting');
    if (isNew) {
      this.closeUp.end();
      this.board.create(this.waiting ? [] : this.labels);
      this.restCount = 0;
    }
    if (isNew || changed.has('compared')) this.board.compare(this.compared);
    this.arrange();
    if (this.filter.text !== '') void loadSearchHelp();
    if (isNew) void this.bringRest();
  }

  private async coursesPicture(): Promise<string> {
    const { coursesSvg } = await import('./courses-svg');
    const large = this.board.shown.filter(({ meter }) => meter.large);
    return coursesSvg(
      { title: t.picture.courses, durationSeconds: COURSE_SECONDS },
      large.map(({ label, meter }) => ({ name: label.name, values: meter.course })),
    );
  }

  private async bringRest(): Promise<void> {
    const { rows } = this.board;
    while (this.restCount < rows.length) {
      await pageDrawn();
      // Other labels came meanwhile, and their meters after them.
      if (rows !== this.board.rows) return;
      this.restCount += METERS_PER_DRAWING;
      this.arrange();
    }
  }

  protected override render() {
    const filter = applicable(this.filter, this.groups);
    const labels = this.waiting ? [] : this.labels;
    const shown = labels.filter((label) => passes(label, filter)).length;
    const isBlank = !this.waiting && labels.length === 0;
    return html`
      <div
        class="meters"
        @pointermove=${(event: PointerEvent) => this.closeUp.pointerMoved(this.rowOf(event), event)}
        @pointerleave=${(event: PointerEvent) => this.closeUp.pointerLeft(event)}
        @click=${(event: PointerEvent) => this.closeUp.tapped(this.rowOf(event), event)}
        @focusin=${this.onFocus}
        @focusout=${(event: FocusEvent) => this.closeUp.focusLeft(event)}
        @keydown=${this.onKeyDown}
      >
        <slot name="above"></slot>
        ${isBlank ? html`<div class="blank" aria-hidden="true">${blankTracks}</div>` : nothing}
        <section aria-label=${t.meters.strongest} ?hidden=${shown === 0}><div class="strongest"></div></section>
        ${
          shown === 0
            ? nothing
            : html`<div class="below">
                <earmark-legend
                  .thresholds=${labels.some(({ threshold }) => threshold !== undefined)}
                  .sureThresholds=${labels.some(({ sureThreshold }) => sureThreshold !== undefined)}
                  .comparing=${this.compared !== undefined}
                ></earmark-legend>
                <earmark-save-picture name=${t.picture.courses} .picture=${() => this.coursesPicture()}></earmark-save-picture>
              </div>`
        }
        <slot></slot>
        ${this.waiting ? html`<slot name="waiting"></slot>` : this.filterBar(shown)}
        <earmark-search-help .labels=${labels} .filter=${filter}></earmark-search-help>
        <section aria-label=${t.meters.others} ?hidden=${shown <= STRONGEST}><div class="rest"></div></section>
        <earmark-trust></earmark-trust>
      </div>
    `;
  }

  private filterBar(shown: number) {
    return html`<earmark-filter
      .filter=${this.filter}
      .shown=${shown}
      .total=${this.labels.length}
      .groups=${this.groups}
      ?inert=${this.labels.length === 0}
      @filterchange=${(event: FilterEvent) => {
        this.filter = event.filter;
        this.dispatchEvent(new FilterEvent(event.filter));
      }}
    ></earmark-filter>`;
  }

  static override styles = [controlStyles, metersStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-meters': EarmarkMeters;
  }
}
