import { css } from 'lit';

/** Styles of the dialog with one event. */
export const eventStyles = css`
  dialog {
    inline-size: min(42rem, calc(100vw - 2 * var(--gutter)));
  }

  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }

  .heading {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3);
  }

  h2 {
    min-inline-size: 0;
    font-size: var(--text-title);
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .hint {
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .problem {
    padding: var(--space-3);
    border-inline-start: 3px solid var(--problem-line);
    background: var(--problem-surface);
  }

  dl > div {
    display: grid;
    grid-template-columns: 8rem minmax(0, 1fr);
    gap: var(--space-3);
    padding-block: var(--space-1);
    border-block-start: 1px solid var(--line);
    font-size: 0.9375rem;
  }

  dt {
    color: var(--text-muted);
  }

  dd {
    overflow-wrap: anywhere;
  }

  @media (width < 40rem) {
    /* The cross alone leaves room for the name. */
    .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    dialog {
      padding-inline: var(--space-4);
    }

    dl > div {
      grid-template-columns: 6rem minmax(0, 1fr);
    }
  }
`;
