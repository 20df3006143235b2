import { css } from 'lit';
import { viewStyles } from '../kit/text-styles';

/** Styles that all parts of the diary share. */
export const diaryStyles = css`
  ${viewStyles}

  .numbers {
    font-variant-numeric: tabular-nums;
  }

  summary {
    min-block-size: var(--target);
    align-content: center;
    cursor: pointer;
  }
`;
