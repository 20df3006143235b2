import { css } from 'lit';

/** Styles that all parts of the diary share. */
export const diaryStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    align-content: start;
  }

  :host([hidden]) {
    display: none;
  }

  h2 {
    font-size: var(--text-title);
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }

  h3 {
    margin: 0;
    font-size: 1.0625rem;
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .hint {
    max-inline-size: 46rem;
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }
`;
