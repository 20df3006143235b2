import { css } from 'lit';

/** Headings, hints, and lists without marks. */
export const textStyles = css`
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

  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .hint {
    max-inline-size: 46rem;
    color: var(--text-muted);
    font-size: 0.9375rem;
  }
`;

/** A view, or a large part of one: its parts lie below each other, and it takes no room while it is hidden. */
export const viewStyles = css`
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
`;
