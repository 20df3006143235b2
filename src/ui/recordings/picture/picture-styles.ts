import { css } from 'lit';

/** Styles of the picture of a recording. */
export const pictureStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    direction: ltr;
    user-select: none;
    -webkit-user-select: none;
  }

  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }

  i {
    position: absolute;
    pointer-events: none;
  }

  .overview,
  .main,
  .wave,
  .spectrogram,
  .lanes {
    position: relative;
    overflow: hidden;
  }

  .overview {
    block-size: 4rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    cursor: pointer;
    touch-action: none;
  }

  .window {
    inset-block: 0;
    min-inline-size: 3px;
    border: 2px solid var(--accent);
    border-radius: var(--radius-small);
  }

  .main {
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
  }

  .wave {
    block-size: 3.5rem;
    cursor: text;
    touch-action: pan-y;
  }

  .spectrogram {
    block-size: clamp(10rem, 34vb, 24rem);
    background: var(--display);
    cursor: text;
    touch-action: pan-y;
  }

  .lanes {
    cursor: pointer;
    touch-action: pan-y;
  }

  .lanes span {
    position: absolute;
    inset-inline-start: 0;
    max-inline-size: 45%;
    padding-inline: 0.25rem;
    border-radius: 0.25rem;
    background: color-mix(in srgb, var(--surface) 80%, transparent);
    color: var(--text);
    font-size: var(--text-small);
    line-height: 1.5rem;
    text-overflow: ellipsis;
    white-space: nowrap;
    overflow: hidden;
    pointer-events: none;
  }

  .hz {
    position: absolute;
    inset-inline-end: 0;
    padding-inline: 0.25rem;
    border-block-end: 1px solid color-mix(in srgb, var(--display-text) 40%, transparent);
    color: var(--display-text);
    font-size: 0.75rem;
    line-height: 1.1;
    text-shadow: 0 0 3px #000004;
    pointer-events: none;
  }

  .stretch {
    inset-block-start: 0;
    block-size: 100%;
    min-inline-size: 1px;
    border-inline: 1px solid var(--accent);
    background: color-mix(in srgb, var(--accent) 25%, transparent);
  }

  .box {
    display: contents;
  }

  .box .stretch {
    border: 1px solid var(--display-text);
    background: transparent;
  }

  .playhead {
    inset-block: 0;
    inset-inline-start: -1px;
    inline-size: 2px;
    background: var(--accent);
    will-change: transform;
  }

  .main > .playhead {
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--surface) 60%, transparent);
  }

  .axis {
    position: relative;
    block-size: 2.5rem;
    margin-block-end: var(--space-2);
    color: var(--text-muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
    overflow: hidden;
  }

  .axis span {
    position: absolute;
    inset-block-start: 0;
    display: grid;
    min-block-size: 2rem;
    padding-block-start: 0.25rem;
    padding-inline-start: 0.25rem;
    border-inline-start: 1px solid var(--control-line);
    white-space: nowrap;
  }

  .axis b {
    color: var(--text);
    font-weight: 600;
  }
`;
