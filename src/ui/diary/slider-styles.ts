import { css } from 'lit';

/** A slider between two words, with its value at the end. */
export const sliderStyles = css`
  .slider {
    display: flex;
    align-items: center;
    gap: 0 var(--space-3);
    font-size: 0.875rem;
  }

  .slider span {
    color: var(--text-muted);
    white-space: nowrap;
  }

  .slider input {
    flex: 1;
    min-inline-size: 4rem;
    min-block-size: var(--target);
    margin: 0;
    accent-color: var(--accent);
  }
`;

/** The same where there is little room: beside its words, the slider would be too short to choose a percentage. */
export const wordsAboveSlider = css`
  .slider:has(input) {
    flex-wrap: wrap;
    justify-content: space-between;
  }

  .slider output {
    order: 1;
    min-inline-size: 0;
  }

  .slider span:last-of-type {
    order: 2;
  }

  .slider input {
    order: 3;
    flex-basis: 100%;
  }
`;
