import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { VerdictAnswer } from '../../../shared/contracts/diary/diary-query';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { closeIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import { everything, type FilterLabel, isEverything, type ViewFilter } from './view-filter';

/** Fired when a person changes the filter. */
const FILTER_EVENT = 'filterchange';

export class FilterEvent extends Event {
  constructor(readonly filter: ViewFilter) {
    super(FILTER_EVENT);
  }
}

/** Choices of least strengths. */
const strengths = [0.5, 0.7, 0.9] as const;

const verdicts: readonly VerdictAnswer[] = ['none', 'right', 'wrong', 'other', 'unsure'];

/** Which events are shown. */
@customElement('earmark-diary-filter')
export class EarmarkDiaryFilter extends LocalizedElement {
  @property({ attribute: false }) filter: ViewFilter = everything;
  /** By name. */
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];
  /** The chosen stretch in words. */
  @property({ attribute: false }) spanWords = '';

  @state() private isOpen = false;

  private change(change: Partial<ViewFilter>): void {
    this.dispatchEvent(new FilterEvent({ ...this.filter, ...change }));
  }

  private select(id: string, name: string, value: string, options: unknown, onChange: (value: string) => void) {
    return html`
      <div class="field">
        <label for=${id}>${name}</label>
        <select id=${id} .value=${value} @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}>
          ${options}
        </select>
      </div>
    `;
  }

  private option(value: string, name: string, chosen: string) {
    return html`<option value=${value} .selected=${value === chosen}>${name}</option>`;
  }

  private soundSelect() {
    const { label, group } = this.filter;
    const chosen = group === '' ? label : `group:${group}`;
    const groups = [...new Set(this.labels.map((known) => known.group))].filter((name) => name in t.groups);
    return this.select(
      'sound',
      t.diaryFilter.label,
      chosen,
      html`
        ${this.option('', t.diaryFilter.anyLabel, chosen)}
        <optgroup label=${t.diaryFilter.group}>
          ${groups.map((name) => this.option(`group:${name}`, t.groups[name as keyof typeof t.groups], chosen))}
        </optgroup>
        <optgroup label=${t.diaryFilter.sounds}>${this.labels.map(({ id, name }) => this.option(id, name, chosen))}</optgroup>
      `,
      (value) =>
        this.change(value.startsWith('group:') ? { label: '', group: value.slice(6) } : { label: value, group: '' }),
    );
  }

  private date(id: 'from' | 'to', name: string) {
    return html`
      <div class="field">
        <label for=${id}>${name}</label>
        <input id=${id} type="date" .value=${this.filter[id]} ?disabled=${this.filter.span !== undefined}
          @change=${(event: Event) => this.change({ [id]: (event.target as HTMLInputElement).value })} />
      </div>
    `;
  }

  private details() {
    const { leastProbability, verdict, withClip } = this.filter;
    const least = String(leastProbability);
    return html`
      <div class="details" id="details">
        ${this.date('from', t.diaryFilter.from)} ${this.date('to', t.diaryFilter.to)}
        ${this.select(
          'strength',
          t.diaryFilter.strength,
          least,
          html`${this.option('0', t.diaryFilter.anyStrength, least)}
            ${strengths.map((value) => this.option(String(value), t.diaryFilter.atLeast(percent(value)), least))}`,
          (value) => this.change({ leastProbability: Number(value) }),
        )}
        ${this.select(
          'verdict',
          t.diaryFilter.verdict,
          verdict,
          html`${this.option('', t.diaryFilter.anyVerdict, verdict)}
            ${verdicts.map((value) => this.option(value, t.diary.verdicts[value], verdict))}`,
          (value) => this.change({ verdict: value as VerdictAnswer | '' }),
        )}
        <label class="tick">
          <input type="checkbox" .checked=${withClip}
            @change=${(event: Event) => this.change({ withClip: (event.target as HTMLInputElement).checked })} />
          ${t.diaryFilter.withClip}
        </label>
      </div>
    `;
  }

  protected override render() {
    const { filter } = this;
    return html`
      <div class="first" role="search" aria-label=${t.diaryFilter.title}>
        <div class="field">
          <label for="text">${t.diaryFilter.text}</label>
          <input id="text" type="search" autocomplete="off" .value=${filter.text}
            @input=${(event: Event) => this.change({ text: (event.target as HTMLInputElement).value })} />
        </div>
        ${this.soundSelect()}
        <button type="button" aria-expanded=${this.isOpen} aria-controls="details" @click=${() => {
          this.isOpen = !this.isOpen;
        }}>${t.diaryFilter.more}</button>
      </div>
      <div ?hidden=${!this.isOpen}>${this.details()}</div>
      ${
        isEverything(filter)
          ? nothing
          : html`<div class="bar">
              ${
                filter.span
                  ? html`<button type="button" class="chip" aria-label=${t.diaryFilter.removeSpan(this.spanWords)}
                      @click=${() => this.change({ span: undefined })}>${this.spanWords}${closeIcon}</button>`
                  : nothing
              }
              <button type="button" @click=${() => this.dispatchEvent(new FilterEvent(everything))}>${t.diaryFilter.clear}</button>
            </div>`
      }
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
      }

      [hidden] {
        display: none;
      }

      .first {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto;
        align-items: end;
        gap: var(--space-3);
        max-inline-size: 60rem;
      }

      .details {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr));
        align-items: end;
        gap: var(--space-3);
        max-inline-size: 60rem;
      }

      input[type='date'] {
        min-inline-size: 0;
        min-block-size: var(--target);
        padding-inline: var(--space-3);
        border: 1px solid var(--control-line);
        border-radius: var(--radius-small);
        background: var(--surface);
      }

      .tick {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: var(--target);
      }

      [type='checkbox'] {
        inline-size: 1.125rem;
        block-size: 1.125rem;
        margin: 0;
        accent-color: var(--accent);
      }

      @media (width < 40rem) {
        .first {
          grid-template-columns: minmax(0, 1fr) auto;
        }

        .first > :first-child {
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-filter': EarmarkDiaryFilter;
  }
}
