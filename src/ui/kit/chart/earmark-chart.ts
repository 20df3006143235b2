import { css, html, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import chartCss from 'uplot/dist/uPlot.min.css?inline';
import { controlStyles } from '../control-styles';
import { plainNumber } from '../format';
import { LocalizedElement } from '../localized-element';
import { THEME_EVENT } from '../theme';
import type { ChartData } from './chart-data';
import { chartSvg } from './chart-svg';
import './earmark-save-picture';

/**
 * A line chart in the page's colours, which can be downloaded as a picture. `label` says the same in words, for screen
 * readers.
 */
@customElement('earmark-chart')
export class EarmarkChart extends LocalizedElement {
  @property({ attribute: false }) data!: ChartData;
  @property() label = '';
  /** Without the button: in a tooltip, which may hold none. */
  @property({ type: Boolean }) bare = false;

  @query('.plot', true) private place!: HTMLElement;

  private plot: uPlot | undefined;
  private readonly resize = new ResizeObserver(() => this.fit());
  private readonly repaint = (): void => {
    this.draw();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(THEME_EVENT, this.repaint);
    if (this.hasUpdated) this.resize.observe(this.place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(THEME_EVENT, this.repaint);
    this.resize.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override firstUpdated(): void {
    this.resize.observe(this.place);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('data')) return;
    const before = changed.get('data');
    const sameLines = before?.lines.map(({ name }) => name).join() === this.data.lines.map(({ name }) => name).join();
    if (this.plot && sameLines) this.plot.setData(this.aligned());
    else this.draw();
  }

  private aligned(): uPlot.AlignedData {
    return [[...this.data.x], ...this.data.lines.map(({ values }) => [...values])] as uPlot.AlignedData;
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (width === 0 || height === 0) return;
    if (this.plot) this.plot.setSize({ width, height });
    else this.draw();
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.place;
    this.plot?.destroy();
    this.plot = undefined;
    // Not visible. It is drawn when it gets a size.
    if (width === 0 || height === 0) return;
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(name).trim();
    const size = Number.parseFloat(style.fontSize);
    const strokes = { measured: token('--accent'), second: token('--text'), reference: token('--control-line') };
    const axis = (label: string, room: number): uPlot.Axis => ({
      label,
      labelSize: size * 1.25,
      size: size * room,
      labelFont: `${size * 0.8125}px ${style.fontFamily}`,
      font: `${size * 0.75}px ${style.fontFamily}`,
      stroke: token('--text-muted'),
      grid: { stroke: token('--line'), width: 1 },
      ticks: { show: false },
      // The library's own formatting uses the browser's language.
      values: (_, splits) => splits.map((value) => (value === null ? '' : plainNumber(value))),
    });
    this.plot = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          x: { time: false, ...(this.data.unit ? { range: [0, 1] } : {}) },
          y: this.data.unit ? { range: [0, 1] } : {},
        },
        axes: [axis(this.data.xName, 1.6), axis(this.data.yName, 2.5)],
        series: [
          {},
          ...this.data.lines.map(
            ({ name, look, points }): uPlot.Series => ({
              label: name,
              stroke: strokes[look],
              width: look === 'reference' ? 1 : 2,
              spanGaps: !this.data.hasGaps,
              points: { show: points ?? false, size: size * 0.5, fill: strokes[look] },
              ...(look === 'measured' ? {} : { dash: [4, 4] }),
            }),
          ),
        ],
      },
      this.aligned(),
      this.place,
    );
  }

  protected override render() {
    return html`
      <div class="plot" role="img" aria-label=${this.label}></div>
      ${
        this.bare
          ? nothing
          : html`<earmark-save-picture
              name=${this.data.title}
              .picture=${async () => chartSvg(this.data, this.label)}
            ></earmark-save-picture>`
      }
    `;
  }

  static override styles = [
    controlStyles,
    unsafeCSS(chartCss),
    css`
      :host {
        position: relative;
        display: block;
        min-inline-size: 0;
      }

      /* In the corner, where nothing is drawn. */
      earmark-save-picture {
        position: absolute;
        inset-block-end: 0;
        inset-inline-start: 0;
      }

      .plot {
        block-size: 100%;
        inline-size: 100%;
        overflow: hidden;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-chart': EarmarkChart;
  }
}
