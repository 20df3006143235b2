import { css } from 'lit';

/** The display with its axes and the network's window in brackets. */
export const spectrogramStyles = css`
  :host {
    display: grid;
    grid-template: 'hz display' minmax(clamp(9.5rem, 30vh, 26rem), auto) '. time' 1.75rem / 3.25rem 1fr;
    container-type: inline-size;
    direction: ltr;
    color: var(--text-muted);
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
  }

  .display {
    touch-action: pan-y;
    cursor: crosshair;
    grid-area: display;
    position: relative;
    display: grid;
    place-items: center;
    overflow: hidden;
    border-radius: var(--radius);
    background: var(--display);
    contain: content;
    color: var(--display-text);
  }

  canvas {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    block-size: 100%;
    will-change: transform;
  }

  ::slotted(*) {
    position: relative;
  }

  .graticule {
    position: absolute;
    inset: 0;
  }

  .graticule i {
    position: absolute;
    inset-inline: 0;
    border-block-start: 1px solid var(--display-text);
    opacity: 0.1;
  }

  .moment {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: 2px;
    margin-inline-end: -1px;
    background: var(--display-text);
    opacity: 0;
  }

  :host([frozen]) .display {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .hz,
  .time {
    position: relative;
    line-height: 1;
  }

  .hz {
    grid-area: hz;
  }

  .hz span {
    position: absolute;
    inset-inline-end: var(--space-3);
    white-space: nowrap;
    transform: translateY(50%);
  }

  .hz span::after {
    content: '';
    position: absolute;
    inset-block-start: 50%;
    inset-inline-end: calc(-1 * var(--space-2));
    inline-size: 0.25rem;
    border-block-start: 1px solid var(--control-line);
  }

  .time {
    grid-area: time;
  }

  /* In the corner, where nothing is drawn. */
  earmark-save-picture {
    grid-row: 2;
    grid-column: 1;
    align-self: end;
  }

  .time > span {
    position: absolute;
    inset-block-start: 0.625rem;
  }

  .window {
    position: absolute;
    inset-block-start: 0.25rem;
    inset-inline-end: 0;
    display: flex;
    justify-content: flex-end;
    padding-block-start: 0.375rem;
    white-space: nowrap;
  }

  .window::before {
    content: '';
    position: absolute;
    inset-block: 0 auto;
    inset-inline: 0;
    block-size: 0.25rem;
    border: 1px solid var(--text-muted);
    border-block-start: none;
  }

  :host([frozen]) .window span {
    visibility: hidden;
  }

  .window[hidden],
  .long {
    display: none;
  }

  /* There is no room for it beside the window's label. */
  @container (width < 30rem) {
    .time > span:last-of-type {
      display: none;
    }
  }

  @container (width >= 68rem) {
    .long {
      display: inline;
    }

    .short {
      display: none;
    }
  }

  /* On phones the meters need the height more. */
  @media (width < 40rem) {
    :host {
      grid-template-rows: minmax(clamp(9.5rem, 24vh, 14rem), auto) 1.75rem;
    }
  }
`;
