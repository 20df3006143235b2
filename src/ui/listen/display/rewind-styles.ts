import { css } from 'lit';
import { visuallyHidden } from '../../kit/control-styles';

/** The overview and the buttons beside it. */
export const rewindStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }

  .slider {
    position: relative;
    flex: 1 1 18rem;
    block-size: var(--target);
    border-radius: var(--radius-small);
    direction: ltr;
    cursor: ew-resize;
    touch-action: pan-y;
  }

  .picture {
    block-size: 100%;
    overflow: hidden;
    border-radius: inherit;
    background: var(--display);
    opacity: 0.85;
  }

  canvas {
    display: block;
    block-size: 100%;
    will-change: transform;
  }

  .stretch,
  .mark {
    position: absolute;
    inset-block: 0;
    pointer-events: none;
  }

  .stretch {
    border: 2px solid var(--display-text-muted);
    border-radius: var(--radius-small);
  }

  .mark {
    inline-size: 3px;
    margin-inline-end: -1px;
    background: var(--display-text);
    box-shadow: 0 0 0 1px var(--display);
  }

  .ends {
    position: absolute;
    inset: auto 0.375rem 0.125rem;
    display: flex;
    justify-content: space-between;
    color: var(--display-text);
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
    line-height: 1.2;
    text-shadow: 0 0 3px var(--display), 0 0 2px var(--display);
    pointer-events: none;
  }

  [hidden] {
    display: none;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  [aria-disabled='true'] {
    cursor: default;
  }

  button[aria-disabled='true'] {
    border-color: var(--line);
    color: var(--text-muted);
  }

  /* Wide enough for either word, so that nothing moves when it changes. */
  .freeze {
    min-inline-size: 9.5rem;
  }

  /* On phones, controls for a frozen moment appear with it, so that the meters stay on the first screen. */
  @media (width < 40rem) {
    :host {
      gap: var(--space-2);
    }

    .slider {
      flex-basis: calc(100% - var(--target) - var(--space-2));
    }

    .buttons {
      display: contents;
    }

    .hear,
    .keep {
      flex: 1 1 auto;
      padding-inline: var(--space-2);
    }

    .freeze {
      min-inline-size: var(--target);
      padding: 0;
    }

    .freeze span {
      ${visuallyHidden}
    }

    .freeze kbd,
    .live .hear,
    .live .keep {
      display: none;
    }
  }
`;
