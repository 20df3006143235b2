import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { labelGroups } from '../../../shared/contracts/label';
import type { LabelFilter } from '../../../shared/contracts/settings';
import { controlStyles } from '../../kit/control-styles';
import { searchIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import { type MeterGroup, type MeterLabel, MY_SOUNDS } from './meter-labels';

/** Lets every label through. */
export const everyLabel: LabelFilter = { text: '', group: undefined };

export function passes(label: MeterLabel, filter: LabelFilter): boolean {
  if (filter.group !== undefined && label.group !== filter.group) return false;
  return label.name.toLowerCase().includes(filter.text.trim().toLowerCase());
}

export const FILTER_EVENT = 'filterchange';

export class FilterEvent extends Event {
  constructor(readonly filter: LabelFilter) {
    super(FILTER_EVENT);
  }
}

/** Narrows the meters by group and by name; fires a {@link FilterEvent} on every change. */
@customElement('earmark-filter')
export class EarmarkFilter extends LocalizedElement {
  /** How many labels pass, and of how many. */
  @property({ attribute: false }) shown = 0;
  @property({ attribute: false }) total = 0;
  /** Whether there are labels that a person has taught. */
  @property({ attribute: false }) taught = false;

  @property({ attribute: false }) filter = everyLabel;
  @query('input') private input!: HTMLInputElement;

  /** A group that is gone must not hide everything. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('taught') && !this.taught && this.filter.group === MY_SOUNDS) this.change({ group: undefined });
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  private change(change: Partial<LabelFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.dispatchEvent(new FilterEvent(this.filter));
  }

  private chip(group: MeterGroup | undefined, name: string) {
    const pressed = this.filter.group === group;
    return html`<button type="button" aria-pressed=${pressed} @click=${() => this.change({ group: pressed ? undefined : group })}>
      ${name}
    </button>`;
  }

  protected override render() {
    return html`
      <div class="search">
        <label class="visually-hidden" for="text">${t.filter.byName}</label>
        ${searchIcon}
        <input
          id="text"
          type="search"
          placeholder=${t.filter.byName}
          autocomplete="off"
          spellcheck="false"
          aria-keyshortcuts="/"
          .value=${this.filter.text}
          @input=${() => this.change({ text: this.input.value })}
        />
        <output class="count" for="text">${t.filter.shown(this.shown, this.total)}<span class="visually-hidden"> ${t.filter.soundsShown}</span></output>
      </div>
      <div class="chips" role="group" aria-label=${t.filter.groups}>
        ${this.chip(undefined, t.filter.all)} ${this.taught ? this.chip(MY_SOUNDS, t.groups[MY_SOUNDS]) : nothing}
        ${labelGroups.map((group) => this.chip(group, t.groups[group]))}
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }

      .chips button {
        flex: none;
        border-color: var(--line);
        color: var(--text-muted);
        font-size: 0.9375rem;
      }

      .chips button:hover {
        border-color: var(--control-line);
        color: var(--text);
      }

      .chips button[aria-pressed='true'] {
        border-color: var(--text);
        background: var(--text);
        color: var(--page);
      }

      .search {
        position: relative;
        inline-size: 19rem;
      }

      .search svg {
        position: absolute;
        inset-block: 0;
        inset-inline-start: var(--space-3);
        margin-block: auto;
        color: var(--text-muted);
        pointer-events: none;
      }

      input {
        inline-size: 100%;
        min-block-size: var(--target);
        padding-inline: 2.5rem 5.5rem;
        border: 1px solid var(--control-line);
        border-radius: var(--radius-full);
        background: var(--surface);
        appearance: none;
      }

      input::placeholder {
        color: var(--text-muted);
        opacity: 1;
      }

      .count {
        position: absolute;
        inset-block: 0;
        inset-inline-end: var(--space-4);
        display: flex;
        align-items: center;
        color: var(--text-muted);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
        pointer-events: none;
      }

      /* On a narrow screen all of it is one row that scrolls sideways, cut at the edge so that one can tell. */
      @media (width < 40rem) {
        :host {
          flex-wrap: nowrap;
          gap: var(--space-2);
          margin-inline: calc(-1 * var(--gutter));
          padding: var(--space-1) var(--gutter);
          overflow-x: auto;
          scrollbar-width: none;
        }

        .chips {
          flex-wrap: nowrap;
        }

        .search {
          flex: none;
          inline-size: 11.5rem;
        }

        input {
          padding-inline-end: var(--space-3);
        }

        .count {
          clip-path: inset(50%);
        }
      }

      @media (forced-colors: active) {
        .chips button[aria-pressed='true'] {
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
    'earmark-filter': EarmarkFilter;
  }
}
