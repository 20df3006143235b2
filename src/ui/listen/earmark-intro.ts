import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from '../kit/control-styles';
import { freezeIcon, keepIcon, soundIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { t } from '../messages/messages';
import { groupsOf } from './meters/filter/label-filter';
import type { MeterGroup, MeterLabel } from './meters/meter-labels';
import { alphabetical } from './meters/meter-order';

/** What Earmark will show, in place of the meters until something was heard. */
@customElement('earmark-intro')
export class EarmarkIntro extends LocalizedElement {
  /** The sounds that it knows. */
  @property({ attribute: false }) labels: readonly MeterLabel[] = [];

  private group(group: MeterGroup) {
    const names = this.labels.filter((label) => label.group === group).map(({ name }) => name);
    const sorted = alphabetical(names).map((index) => names[index]);
    return html`<div><dt>${t.groups[group]}</dt><dd>${sorted.join(' · ')}</dd></div>`;
  }

  protected override render() {
    return html`
      <section aria-labelledby="what">
        <h2 id="what">${t.intro.title}</h2>
        <ul>
          <li>${soundIcon}<p>${t.intro.bars}</p></li>
          <li>${freezeIcon}<p>${t.intro.past}</p></li>
          <li>${keepIcon}<p>${t.intro.own}</p></li>
        </ul>
      </section>
      ${
        this.labels.length === 0
          ? nothing
          : html`<section aria-labelledby="known">
              <h2 id="known">${t.intro.known(this.labels.length)}</h2>
              <dl>${groupsOf(this.labels).map((group) => this.group(group))}</dl>
            </section>`
      }
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-5) var(--space-7);
        padding-block-start: var(--space-4);
        border-block-start: 1px solid var(--line);
      }

      h2 {
        margin-block-end: var(--space-3);
        font-size: var(--text-large);
        font-weight: 650;
        line-height: 1.3;
      }

      ul {
        display: grid;
        gap: var(--space-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        gap: var(--space-3);
        max-inline-size: 34rem;
      }

      li svg {
        margin-block-start: 0.125rem;
        color: var(--accent);
      }

      dl {
        display: grid;
        gap: var(--space-2) var(--space-4);
      }

      dl div {
        max-inline-size: 60rem;
      }

      dt {
        font-weight: 600;
      }

      dd {
        color: var(--text-muted);
        font-size: 0.9375rem;
      }

      @container (width >= 60rem) {
        :host {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        }

        dl {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-intro': EarmarkIntro;
  }
}
