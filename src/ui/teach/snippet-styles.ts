import { css } from 'lit';

/** The editor's display is dark in both themes, like the spectrogram. Its handles span the whole height. */
export const snippetStyles = css`
  :host {
    display: grid;
    gap: var(--space-4);
  }

  .display {
    position: relative;
    block-size: 14rem;
    margin-inline: 1.375rem;
    direction: ltr;
  }

  .pictures {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template: 2fr 3fr / 100%;
    overflow: hidden;
    border-radius: var(--radius-small);
    background: var(--display);
    color: var(--display-text);
  }

  .wave {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
  }

  .columns {
    position: relative;
    overflow: hidden;
  }

  .spectrogram {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    block-size: 100%;
  }

  .waiting {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: var(--display-text-muted);
  }

  .cut {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    background: rgb(0 0 0 / 68%);
    border-inline-end: 2px solid var(--display-text);
  }

  .cut.right {
    inset-inline: auto 0;
    border-inline: 2px solid var(--display-text) none;
  }

  /* Half a handle wider than the picture on both sides, so that a handle's middle is at its value. */
  .display input {
    position: absolute;
    inset-block: 0;
    inset-inline-start: -1.375rem;
    inline-size: calc(100% + 2.75rem);
    block-size: 100%;
    margin: 0;
    appearance: none;
    background: transparent;
    pointer-events: none;
  }

  .display input:focus-visible {
    outline: none;
  }

  input::-webkit-slider-thumb {
    inline-size: 2.75rem;
    block-size: 14rem;
    border: none;
    border-radius: 0.5rem;
    appearance: none;
    background: radial-gradient(circle at 50% 50%, var(--display-text) 0.5rem, transparent 0.5625rem);
    cursor: ew-resize;
    pointer-events: auto;
  }

  input::-moz-range-thumb {
    inline-size: 2.75rem;
    block-size: 14rem;
    border: none;
    border-radius: 0.5rem;
    background: radial-gradient(circle at 50% 50%, var(--display-text) 0.5rem, transparent 0.5625rem);
    cursor: ew-resize;
    pointer-events: auto;
  }

  .display input:focus-visible::-webkit-slider-thumb {
    outline: var(--focus-width) solid var(--accent);
    outline-offset: -2px;
  }

  .display input:focus-visible::-moz-range-thumb {
    outline: var(--focus-width) solid var(--accent);
    outline-offset: -2px;
  }

  .times {
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .fields {
    display: grid;
    grid-template-columns: minmax(0, 28rem) minmax(0, 20rem);
    align-items: start;
    gap: var(--space-3) var(--space-4);
  }

  /* Below both fields on wide screens. */
  earmark-last-labels {
    grid-row: 2;
    grid-column: 1 / -1;
  }

  .file-name {
    margin: var(--space-1) 0 0;
    color: var(--text-muted);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }

  .ends {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  /* On a telephone, above the button under the thumb, which would else lie over it. */
  @media (width < 40rem) and (height >= 34rem) {
    .ends {
      display: contents;
    }

    .decide {
      position: sticky;
      inset-block-end: calc(5rem + env(safe-area-inset-bottom) + var(--notices-height, 0px));
      z-index: 1;
      padding-block: var(--space-2);
      background: var(--surface);
    }
  }

  @media (width < 48rem) {
    .fields {
      grid-template-columns: minmax(0, 1fr);
    }

    earmark-last-labels {
      grid-area: auto;
    }
  }

  @media (width < 48rem), (height < 34rem) {
    /* Low, so that the labels are on the first screen too. */
    .display {
      block-size: 8rem;
    }

    input::-webkit-slider-thumb {
      block-size: 8rem;
    }

    input::-moz-range-thumb {
      block-size: 8rem;
    }
  }
`;
