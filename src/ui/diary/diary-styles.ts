import { css } from 'lit';
import { textStyles } from '../kit/text-styles';

/** Styles that all parts of the diary share. */
export const diaryStyles = css`
  ${textStyles}

  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    align-content: start;
  }

  :host([hidden]) {
    display: none;
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }
`;
