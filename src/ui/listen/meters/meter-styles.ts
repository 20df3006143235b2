import { css } from 'lit';
import { BAR_INTERVAL_MS } from './meter-motion';

/** Of a small meter. Rows have it from the start, before all meters are there. */
export const METER_BLOCK_SIZE = css`2.4375rem`;

/** A meter in its two sizes. Its block size is fixed, so that new digits lay out nothing else. */
export const meterStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    /* Fixed, so that new digits in a meter lay out only that meter. */
    block-size: ${METER_BLOCK_SIZE};
    padding-block: 0.375rem 0.5rem;
    /* Whole rows pass over one another while they change places. */
    background: var(--page);
    contain: strict;
    /* Browsers record what is thousands of pixels off the screen, and do so again with every change. */
    content-visibility: auto;
    color: var(--text-muted);
  }

  :host([hidden]) {
    display: none;
  }

  :host([strong]) {
    color: var(--text);
  }

  .text {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2);
    font-size: 0.875rem;
    line-height: 1.5;
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .values {
    flex: none;
    font-variant-numeric: tabular-nums;
  }

  .second {
    display: none;
    margin-inline-start: var(--space-2);
    padding-inline-start: var(--space-2);
    border-inline-start: 1px solid var(--control-line);
    color: var(--text-muted);
    font-weight: 400;
  }

  :host([comparing]) .second {
    display: inline;
  }

  :host(:not([comparing])) .second-mark {
    display: none;
  }

  .track {
    position: relative;
    block-size: 0.25rem;
    border-radius: 0.125rem;
    background: var(--track);
  }

  /* Everything drawn on it grows from the left. */
  .track:dir(rtl) {
    direction: ltr;
    scale: -1 1;
  }

  .bar,
  .peak,
  .second-mark {
    box-sizing: border-box;
    position: absolute;
    inset-block: 0;
    inline-size: 100%;
  }

  .bar,
  .peak {
    transition: transform ${BAR_INTERVAL_MS}ms linear;
  }

  .bar {
    inset-inline-start: 0;
    border-radius: inherit;
    background: var(--bar);
    transform: scaleX(0);
    transform-origin: left;
  }

  :host([strong]) .bar {
    background: var(--bar-strong);
  }

  /* As wide as the track and left of it, out of sight. Shifted by a share of its width, its right edge is the mark. */
  .peak {
    inset-inline-start: -100%;
    border-inline-end: max(2px, 0.125rem) solid var(--peak);
  }

  .second-mark {
    inset-inline-start: -100%;
    border-inline-end: max(3px, 0.1875rem) dotted var(--control-line);
  }

  /* Where a sound counts as heard, and where that is nearly always right. */
  .threshold,
  .sure {
    position: absolute;
    inset-block: -0.1875rem;
    inline-size: 2px;
    margin-inline-start: -1px;
    background: var(--text-muted);
  }

  .sure {
    background: none;
    border-inline-start: 2px dotted var(--text-muted);
  }

  .course {
    display: none;
  }

  :host([large]) .course {
    display: block;
    inline-size: 100%;
    block-size: 1.5rem;
    margin-block-start: 0.3125rem;
    overflow: visible;
    border-block-end: 1px solid var(--line);
  }

  .course-line {
    fill: none;
    stroke: var(--text-muted);
    stroke-width: 1.5px;
    stroke-linejoin: round;
  }

  .course-area {
    fill: var(--bar);
    opacity: 0.25;
  }

  :host(:focus-visible) {
    outline: var(--focus-width) solid var(--accent);
    outline-offset: 2px;
  }

  :host([large]) {
    block-size: 5.75rem;
    padding-block: var(--space-2) var(--space-3);
    color: var(--text);
  }

  :host([large]) .text {
    margin-block-end: var(--space-1);
    font-size: var(--text-title);
    line-height: 1.3;
  }

  :host([large]) .name {
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  :host([large]) .percent {
    font-size: 1.5rem;
  }

  :host([large]) .track {
    block-size: 0.75rem;
    border-radius: 0.25rem;
  }

  @container (width < 40rem) {
    :host([large]) {
      block-size: 4.5rem;
      padding-block: var(--space-1);
    }

    :host([large]) .course {
      block-size: 1.125rem;
      margin-block-start: 0.25rem;
    }

    :host([large]) .text {
      font-size: 1.125rem;
    }

    :host([large]) .percent {
      font-size: 1.25rem;
    }

    :host([large]) .track {
      block-size: 0.625rem;
    }
  }

  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }

    .bar,
    :host([strong]) .bar {
      forced-color-adjust: none;
      background: Highlight;
    }

    .peak,
    .sure {
      border-color: CanvasText;
    }

    .threshold {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
