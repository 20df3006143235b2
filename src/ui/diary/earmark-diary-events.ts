import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { DiaryState } from '../../app/diary/diary-state';
import type { AppCommands } from '../../app/state';
import type { DiaryFilter, FoundEvents } from '../../shared/contracts/diary/diary-query';
import type { DiarySettings } from '../../shared/contracts/diary/diary-settings';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { moment } from '../kit/format-moment';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';
import { diaryStyles } from './diary-styles';
import { homeZone, type LabelNames } from './diary-words';
import './earmark-diary-export';
import './earmark-diary-retention';
import './filter/earmark-diary-filter';
import { FilterEvent } from './filter/earmark-diary-filter';
import { everything, type FilterLabel, questionOf, type ViewFilter } from './filter/view-filter';
import './list/earmark-diary-list';
import { type EarmarkDiaryList, MOST_LISTED } from './list/earmark-diary-list';

/** The list of events with its filter. */
@customElement('earmark-diary-events')
export class EarmarkDiaryEvents extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) diary!: DiaryState;
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];
  @property({ attribute: false }) names: LabelNames = new Map();
  @property({ attribute: false }) filter: ViewFilter = everything;
  @property({ attribute: false }) settings!: DiarySettings;

  @state() private found: FoundEvents | undefined;
  /** The diary has changed since, and the list waits, because a person has scrolled into it. */
  @state() private isOutdated = false;
  @query('earmark-diary-list') private list!: EarmarkDiaryList | null;

  private asked: unknown[] = [];
  /** Events in the diary when it was last asked. */
  private countThen = 0;
  private isFinding = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('diary');
    const isOther = changed.has('filter') || !this.found;
    if (isOther || (changed.has('diary') && before?.revision !== this.diary.revision)) this.refresh(isOther);
  }

  /** Reads the list again, unless that would move what a person reads. */
  private refresh(isOther: boolean): void {
    if (!isOther && this.diary.eventCount !== this.countThen && this.list && !this.list.isAtTop) this.isOutdated = true;
    else void this.find();
  }

  /** One question at a time: the newest one is asked when the last was answered. */
  private async find(): Promise<void> {
    this.isOutdated = false;
    this.asked = [this.filter, this.diary.revision];
    this.countThen = this.diary.eventCount;
    if (this.isFinding) return;
    this.isFinding = true;
    let asked: unknown[];
    do {
      asked = this.asked;
      const found = await this.app.diary.find(this.question).catch(() => undefined);
      if (found) this.found = found;
    } while (asked.some((part, i) => part !== this.asked[i]));
    this.isFinding = false;
  }

  private get question(): DiaryFilter {
    return questionOf(this.filter, this.labels, homeZone());
  }

  private get spanWords(): string {
    const { span } = this.filter;
    return span ? t.diaryFilter.span(moment(span.fromMs), moment(span.toMs)) : '';
  }

  protected override render() {
    const { found, diary } = this;
    if (!found) return nothing;
    return html`
      <earmark-diary-filter .filter=${this.filter} .labels=${this.labels} .spanWords=${this.spanWords}
        @filterchange=${({ filter }: FilterEvent) => this.dispatchEvent(new FilterEvent(filter))}></earmark-diary-filter>
      <div class="bar">
        <p class="hint numbers" role="status">${t.diary.count(found.count, diary.eventCount)}</p>
        ${this.isOutdated ? html`<button type="button" @click=${() => this.showNew()}>${t.diary.newer}</button>` : nothing}
      </div>
      <div class="more">
        <earmark-diary-export .filter=${this.question} .shownCount=${found.count} .allCount=${diary.eventCount}></earmark-diary-export>
        <earmark-diary-retention .settings=${this.settings} .eventCount=${diary.eventCount} .revision=${diary.revision}></earmark-diary-retention>
      </div>
      ${found.count > MOST_LISTED ? html`<p class="hint">${t.diary.firstOnly(MOST_LISTED)}</p>` : nothing}
      ${
        found.count === 0
          ? html`<div class="bar">
              <p>${t.diary.nothingPasses}</p>
              <button type="button" @click=${() => this.dispatchEvent(new FilterEvent(everything))}>${t.diary.showAll}</button>
            </div>`
          : html`<earmark-diary-list .found=${found} .names=${this.names} .revision=${diary.revision}></earmark-diary-list>`
      }
    `;
  }

  private showNew(): void {
    scrollTo({ top: 0 });
    void this.find();
  }

  static override styles = [controlStyles, formStyles, diaryStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-events': EarmarkDiaryEvents;
  }
}
