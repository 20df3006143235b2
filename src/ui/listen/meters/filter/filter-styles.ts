import { css } from 'lit';

/** The search box with the groups beside it. */
export const filterStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-4);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .chips button {
    flex: none;
    border-color: var(--line);
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .chips button:hover {
    border-color: var(--control-line);
    color: var(--text);
  }

  .chips button[aria-pressed='true'] {
    border-color: var(--text);
    background: var(--text);
    color: var(--page);
  }

  .search {
    position: relative;
    inline-size: 19rem;
  }

  .search svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--space-3);
    margin-block: auto;
    color: var(--text-muted);
    pointer-events: none;
  }

  input {
    inline-size: 100%;
    min-block-size: var(--target);
    padding-inline: 2.5rem 5.5rem;
    border: 1px solid var(--control-line);
    border-radius: var(--radius-full);
    background: var(--surface);
    appearance: none;
  }

  input::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }

  .count {
    position: absolute;
    inset-block: 0;
    inset-inline-end: var(--space-4);
    display: flex;
    align-items: center;
    color: var(--text-muted);
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }

  /* On narrow screens it is one row that scrolls sideways, cut at the edge as a hint. */
  @media (width < 40rem) {
    :host {
      flex-wrap: nowrap;
      gap: var(--space-2);
      margin-inline: calc(-1 * var(--gutter));
      padding: var(--space-1) var(--gutter);
      overflow-x: auto;
      scrollbar-width: none;
    }

    .chips {
      flex-wrap: nowrap;
    }

    .search {
      flex: none;
      inline-size: 11.5rem;
    }

    input {
      padding-inline-end: var(--space-3);
    }

    .count {
      clip-path: inset(50%);
    }
  }

  @media (forced-colors: active) {
    .chips button[aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
