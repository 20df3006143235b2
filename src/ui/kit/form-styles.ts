import { css } from 'lit';

/** Form styles: rows of buttons, labelled fields, choices, and tabular numbers. */
export const formStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2);
  }

  .primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  .primary:hover {
    border-color: var(--accent-strong);
    background: var(--accent-strong);
  }

  button:disabled,
  [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .plain {
    padding: 0;
    border-color: transparent;
  }

  .plain:hover {
    border-color: var(--control-line);
  }

  [aria-pressed='true'] {
    border-color: var(--text);
    background: var(--text);
    color: var(--page);
  }

  @media (forced-colors: active) {
    [aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }

  input[type='text'],
  input[type='search'],
  select {
    min-inline-size: 0;
    min-block-size: var(--target);
    padding-inline: var(--space-3);
    border: 1px solid var(--control-line);
    border-radius: var(--radius-small);
    background: var(--surface);
  }

  select {
    padding-inline-end: var(--space-6);
    appearance: none;
    background: var(--surface)
      conic-gradient(from -45deg at 50% 100%, var(--text-muted) 90deg, transparent 0) no-repeat right var(--space-3)
      center / 0.75rem 0.375rem;
    text-overflow: ellipsis;
  }

  select:dir(rtl) {
    background-position: left var(--space-3) center;
  }

  input::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }

  .field {
    display: grid;
    gap: var(--space-1);
    min-inline-size: 0;
  }

  .field > label,
  .field > .caption {
    font-size: 0.875rem;
    font-weight: 600;
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }
`;
