import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles, visuallyHidden } from '../kit/control-styles';
import { settingsIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { addressOf, type TabId, tabs } from '../kit/tabs';
import { t } from '../messages/messages';

/** Navigation between views: plain links, so that each has an address and Back works. */
@customElement('earmark-tabs')
export class EarmarkTabs extends LocalizedElement {
  @property({ attribute: false }) tab: TabId = 'listen';

  protected override updated(): void {
    const strip = this.renderRoot.querySelector('nav') as HTMLElement;
    const current = strip.querySelector<HTMLElement>('[aria-current="page"]') as HTMLElement;
    // On a narrow phone the words may need more room than there is. The page itself must not scroll.
    const left = current.offsetLeft - strip.offsetLeft;
    if (left < strip.scrollLeft) strip.scrollLeft = left;
    else strip.scrollLeft = Math.max(strip.scrollLeft, left + current.offsetWidth - strip.clientWidth);
  }

  protected override render() {
    return html`
      <nav aria-label=${t.views.name}>
        ${tabs.map(
          (
            id,
          ) => html`<a href=${addressOf(id)} aria-current=${id === this.tab ? 'page' : 'false'} title=${id === 'settings' ? t.views[id] : nothing}
            >${id === 'settings' ? html`${settingsIcon}<span>${t.views[id]}</span>` : t.views[id]}</a
          >`,
        )}
      </nav>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      nav {
        display: flex;
        gap: var(--space-5);
        overflow-x: auto;
        scrollbar-width: none;
      }

      svg {
        display: none;
      }

      a {
        position: relative;
        display: inline-flex;
        align-items: center;
        justify-content: center;
        min-block-size: var(--target);
        flex: none;
        min-inline-size: var(--target);
        border-block-end: 3px solid transparent;
        color: var(--text-muted);
        font-weight: 600;
        text-decoration: none;
        white-space: nowrap;
      }

      /* The focus ring would be cut off at the edge of the scrolling area. */
      a:focus-visible {
        outline-offset: calc(-1 * var(--focus-width));
      }

      /* Six words do not fit beside the button, nor on a small screen: the longest becomes a drawing. */
      @media (width < 48rem), (width < 60rem) and (height < 34rem) {
        nav {
          justify-content: space-between;
        }

        svg {
          display: block;
          inline-size: 1.25rem;
          block-size: 1.25rem;
        }

        span {
          ${visuallyHidden}
        }
      }

      @media (width < 40rem), (width < 60rem) and (height < 34rem) {
        nav {
          gap: var(--space-2);
        }

        a {
          font-size: 0.8125rem;
        }
      }

      @media (width < 26rem), (width < 44rem) and (height < 34rem) {
        nav {
          gap: var(--space-1);
        }

        a {
          min-inline-size: 1.5rem;
          font-size: 0.75rem;
        }

        /* Its words are longer. */
        :host(:lang(de)) a {
          font-size: 0.6875rem;
        }
      }

      @media (width < 22rem) {
        nav {
          gap: 0.125rem;
        }

        :host(:lang(de)) a {
          font-size: 0.625rem;
        }
      }

      a:hover {
        color: var(--text);
      }

      [aria-current='page'] {
        border-color: var(--accent);
        color: var(--text);
      }

      /* High contrast mode draws transparent borders. */
      @media (forced-colors: active) {
        a {
          border-color: Canvas;
        }

        [aria-current='page'] {
          border-color: Highlight;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-tabs': EarmarkTabs;
  }
}
