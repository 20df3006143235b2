import { css } from 'lit';

/** Styles that all parts of the view share. */
export const recordingsStyles = css`
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
    overflow-wrap: anywhere;
  }

  h3 {
    margin: 0;
    font-size: 1.0625rem;
    font-weight: 650;
  }

  .hint {
    max-inline-size: 46rem;
    color: var(--text-muted);
    font-size: 0.9375rem;
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
