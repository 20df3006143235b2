import { css } from 'lit';

/** The Settings view: one column on phones, side by side on wide screens. */
export const settingsStyles = css`
  :host {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    align-items: start;
    gap: var(--space-5) var(--space-7);
    padding-block-start: var(--space-2);
  }

  :host([hidden]) {
    display: none;
  }

  h2 {
    grid-column: 1 / -1;
    font-size: var(--text-title);
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  section {
    display: grid;
    gap: var(--space-5);
    padding-block-start: var(--space-3);
    border-block-start: 1px solid var(--line);
  }

  h3 {
    margin: 0;
    font-size: 1.0625rem;
    font-weight: 650;
  }

  .field button {
    justify-self: start;
  }

  .field {
    display: grid;
    gap: var(--space-2);
  }

  label {
    font-weight: 600;
  }

  p {
    color: var(--text-muted);
    font-size: 0.875rem;
  }

  select {
    inline-size: 100%;
    min-block-size: var(--target);
    padding-inline: var(--space-3) var(--space-6);
    border: 1px solid var(--control-line);
    border-radius: var(--radius-small);
    appearance: none;
    background: var(--surface)
      conic-gradient(from -45deg at 50% 100%, var(--text-muted) 90deg, transparent 0) no-repeat right
      var(--space-3) center / 0.75rem 0.375rem;
    text-overflow: ellipsis;
  }

  select:dir(rtl) {
    background-position: left var(--space-3) center;
  }

  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-4);
  }

  .switch label {
    flex: 1;
    padding-block: var(--space-3);
    margin-block: calc(-1 * var(--space-3));
  }

  output {
    font-variant-numeric: tabular-nums;
  }

  [role='switch'] {
    position: relative;
    flex: none;
    inline-size: 3.25rem;
    block-size: 1.875rem;
    margin: calc((var(--target) - 1.875rem) / 2) 0;
    border: 1px solid var(--control-line);
    border-radius: 1rem;
    appearance: none;
    background: var(--track);
    cursor: pointer;
    transition: background-color var(--quick);
  }

  [role='switch']::before {
    content: '';
    position: absolute;
    inset-block: 0.1875rem;
    inset-inline-start: 0.1875rem;
    inline-size: 1.375rem;
    border-radius: 50%;
    background: var(--text);
    transition: transform var(--quick) var(--ease);
  }

  /* The press target is 44 pixels high and extends beyond what is drawn. */
  [role='switch']::after {
    content: '';
    position: absolute;
    inset: calc((1.875rem - var(--target)) / 2) 0;
  }

  [role='switch']:checked {
    border-color: var(--accent);
    background: var(--accent);
  }

  [role='switch']:checked::before {
    background: var(--on-accent);
    transform: translateX(1.375rem);
  }

  [role='switch']:checked:dir(rtl)::before {
    transform: translateX(-1.375rem);
  }

  [type='range'] {
    inline-size: 100%;
    min-block-size: var(--target);
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  @media (forced-colors: active) {
    [role='switch']::before {
      background: ButtonText;
    }

    [role='switch']:checked::before {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
