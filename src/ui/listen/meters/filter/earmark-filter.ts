import { html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { LabelFilter } from '../../../../shared/contracts/settings';
import { controlStyles } from '../../../kit/control-styles';
import { searchIcon } from '../../../kit/icons';
import { LocalizedElement } from '../../../kit/localized-element';
import { t } from '../../../messages/messages';
import type { MeterGroup } from '../meter-labels';
import { filterStyles } from './filter-styles';
import { applicable, everyLabel } from './label-filter';

const FILTER_EVENT = 'filterchange';

export class FilterEvent extends Event {
  constructor(readonly filter: LabelFilter) {
    super(FILTER_EVENT);
  }
}

/** Filters the meters by group and by name. Fires a {@link FilterEvent} on every change. */
@customElement('earmark-filter')
export class EarmarkFilter extends LocalizedElement {
  /** How many labels pass, and out of how many. */
  @property({ attribute: false }) shown = 0;
  @property({ attribute: false }) total = 0;
  /** The groups that have labels, in the order of their buttons. */
  @property({ attribute: false }) groups: readonly MeterGroup[] = [];

  /** What the person chose, even if it cannot be shown now. */
  @property({ attribute: false }) filter = everyLabel;
  @query('input') private input!: HTMLInputElement;

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  private change(change: Partial<LabelFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.dispatchEvent(new FilterEvent(this.filter));
  }

  private chip(group: MeterGroup | undefined, name: string) {
    const pressed = applicable(this.filter, this.groups).group === group;
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
        ${this.chip(undefined, t.filter.all)} ${this.groups.map((group) => this.chip(group, t.groups[group]))}
      </div>
    `;
  }

  static override styles = [controlStyles, filterStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-filter': EarmarkFilter;
  }
}
