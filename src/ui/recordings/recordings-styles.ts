import { css } from 'lit';
import { viewStyles } from '../kit/text-styles';

/** Styles that all parts of the view share. */
export const recordingsStyles = css`
  ${viewStyles}

  /* A recording's name may be one long word. */
  h2 {
    overflow-wrap: anywhere;
  }

  .problem {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-4);
    border: 1px solid var(--problem-line);
    border-radius: var(--radius-small);
    background: var(--problem-surface);
  }
`;
