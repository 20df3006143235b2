import { css } from 'lit';

/** How every dialog looks. Each sets its own width. */
export const dialogStyles = css`
  dialog {
    max-block-size: calc(100dvb - 2 * var(--gutter));
    padding: var(--space-4) var(--space-5) var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
    color: var(--text);
  }

  dialog::backdrop {
    background: var(--backdrop);
  }
`;
