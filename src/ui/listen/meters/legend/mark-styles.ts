import { css } from 'lit';

/** Small drawings of a meter's marks, one on a track each: for the legend and for the explanation of a meter. */
export const markStyles = css`
  .track {
    position: relative;
    display: inline-block;
    inline-size: 1.75rem;
    block-size: 0.5rem;
    border-radius: 0.125rem;
    background: var(--track);
  }

  .track i {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 60%;
  }

  .track .bar {
    inset-inline: 0 40%;
    border-radius: inherit;
    background: var(--bar-strong);
  }

  .track .peak {
    border-inline-end: max(2px, 0.125rem) solid var(--peak);
  }

  .track .second-mark {
    border-inline-end: max(3px, 0.1875rem) dotted var(--control-line);
  }

  .track :is(.threshold, .sure) {
    inset-block: -0.1875rem;
    border-inline-start: 2px solid var(--text-muted);
  }

  .track .sure {
    border-inline-start-style: dotted;
  }

  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }

    .track .bar {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
