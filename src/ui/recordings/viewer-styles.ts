import { css } from 'lit';

/** Styles of what stands around the picture of a recording. */
export const viewerStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }

  .hint {
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .check {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: var(--target);
  }

  .check input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    accent-color: var(--accent);
  }

  form input {
    flex: 1 1 10rem;
    max-inline-size: 20rem;
  }
`;
