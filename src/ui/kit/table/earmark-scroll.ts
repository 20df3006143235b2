import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles } from '../control-styles';

/** Less than a pixel does not count: zoomed pages round. */
const ROUNDING_PX = 1;

/** A box that scrolls its content, and shows at each edge whether there is more beyond it. */
@customElement('earmark-scroll')
export class EarmarkScroll extends LitElement {
  /** Name of the scrolling area for keyboard users; empty if its content is labelled. */
  @property() label = '';

  @query('.box', true) private box!: HTMLElement;

  private readonly resize = new ResizeObserver(() => this.measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.observe();
  }

  protected override firstUpdated(): void {
    this.observe();
  }

  private observe(): void {
    this.resize.disconnect();
    for (const element of [this.box, ...this.children]) this.resize.observe(element);
  }

  private measure(): void {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.box;
    // Scroll positions are negative in right-to-left layouts.
    const left = Math.abs(scrollLeft);
    this.toggleAttribute('more-start', left > ROUNDING_PX);
    this.toggleAttribute('more-end', left + clientWidth < scrollWidth - ROUNDING_PX);
    this.toggleAttribute('more-above', scrollTop > ROUNDING_PX);
    this.toggleAttribute('more-below', scrollTop + clientHeight < scrollHeight - ROUNDING_PX);
  }

  protected override render() {
    return html`
      <div class="box" tabindex="0" role=${this.label ? 'group' : nothing} aria-label=${this.label || nothing}
        @scroll=${this.measure}><slot @slotchange=${this.observe}></slot></div>
      <i class="start"></i><i class="end"></i><i class="above"></i><i class="below"></i>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        max-inline-size: 100%;
      }

      .box {
        overflow: auto;
      }

      .box:focus-visible {
        outline-offset: calc(-1 * var(--focus-width));
      }

      /* The edge's shadow on the content that continues below it. */
      i {
        position: absolute;
        display: none;
        background: linear-gradient(var(--towards), color-mix(in srgb, var(--text) 22%, transparent), transparent);
        pointer-events: none;
      }

      .start,
      .end {
        inset-block: 0;
        inline-size: 1rem;
      }

      .above,
      .below {
        inset-inline: 0;
        block-size: 1rem;
      }

      .start {
        --towards: to right;
        inset-inline-start: 0;
      }

      .end {
        --towards: to left;
        inset-inline-end: 0;
      }

      .start:dir(rtl) {
        --towards: to left;
      }

      .end:dir(rtl) {
        --towards: to right;
      }

      .above {
        --towards: to bottom;
        inset-block-start: 0;
      }

      .below {
        --towards: to top;
        inset-block-end: 0;
      }

      :host([more-start]) .start,
      :host([more-end]) .end,
      :host([more-above]) .above,
      :host([more-below]) .below {
        display: block;
      }

      /* High contrast mode draws no shadows. */
      @media (forced-colors: active) {
        i {
          background: none;
        }

        .start {
          border-inline-start: 3px dashed CanvasText;
        }

        .end {
          border-inline-end: 3px dashed CanvasText;
        }

        .above {
          border-block-start: 3px dashed CanvasText;
        }

        .below {
          border-block-end: 3px dashed CanvasText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-scroll': EarmarkScroll;
  }
}
