import { css } from 'lit';

/** Styles of the review. */
export const reviewStyles = css`
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--space-3);
    max-inline-size: 60rem;
  }

  .choices .field {
    flex: 1 1 auto;
    min-inline-size: min(100%, 12rem);
  }

  .tick {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: var(--target);
  }

  [type='checkbox'] {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--accent);
  }

  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    max-inline-size: 60rem;
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-2);
  }

  h3 {
    font-size: var(--text-title);
  }

  .question {
    font-weight: 600;
  }

  article .bar {
    align-items: start;
  }
`;
