import { css } from 'lit';
import { sliderStyles, wordsAboveSlider } from '../slider-styles';

/** Styles of the list of sounds with their thresholds. */
export const soundsStyles = css`
  ${sliderStyles}

  li {
    display: grid;
    grid-template: 'name slider bar' auto 'name expect bar' auto / minmax(0, 12rem) minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--space-4);
    padding-block: var(--space-2);
    border-block-start: 1px solid var(--line);
  }

  h3 {
    grid-area: name;
    font-size: 1rem;
  }

  .slider {
    grid-area: slider;
    max-inline-size: 44rem;
  }

  output {
    min-inline-size: 4.5rem;
    white-space: nowrap;
  }

  .expect {
    grid-area: expect;
    font-size: var(--text-small);
  }

  .bar {
    grid-area: bar;
  }

  :host > .bar {
    grid-area: auto;
  }

  @media (width < 48rem) {
    li {
      grid-template: 'name bar' auto 'slider slider' auto 'expect expect' auto / minmax(0, 1fr) auto;
    }
  }

  @media (width < 64rem) {
    ${wordsAboveSlider}
  }
`;
