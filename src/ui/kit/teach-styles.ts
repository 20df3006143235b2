import { css } from 'lit';

/** Looks that the parts of the Teach view share. */
export const teachStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
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

  progress {
    inline-size: 100%;
    block-size: 0.625rem;
    border: none;
    border-radius: 0.25rem;
    overflow: hidden;
    appearance: none;
    background: var(--track);
    accent-color: var(--accent);
  }

  progress::-webkit-progress-bar {
    background: var(--track);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }

  .warning {
    color: var(--text);
  }

  .warning::before {
    content: '';
    display: inline-block;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: var(--space-2);
    border-radius: 50%;
    background: var(--problem-line);
  }
`;

/** A part of the Teach view that lays out what it holds in one column. */
export const columnStyles = css`
  :host {
    display: grid;
    gap: var(--space-3);
    grid-template-columns: minmax(0, 1fr);
  }
`;
