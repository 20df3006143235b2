import { css } from 'lit';

/** Styles of the dialogs in which a rule for a sound is set, and of the lists of such rules. */
export const ruleDialogStyles = css`
  dialog {
    inline-size: min(34rem, calc(100vw - 2 * var(--gutter)));
  }

  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }

  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
    gap: 0 var(--space-3);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    font-size: 0.875rem;
    font-weight: 600;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
    gap: var(--space-3);
  }

  .pair + .hint {
    margin-block-start: var(--space-2);
  }

  .tick {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: var(--target);
  }

  .tick:has(:disabled) {
    color: var(--text-muted);
  }

  [type='checkbox'] {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--accent);
  }

  [type='time'],
  [type='number'] {
    min-inline-size: 0;
    min-block-size: var(--target);
    padding-inline: var(--space-3);
    border: 1px solid var(--control-line);
    border-radius: var(--radius-small);
    background: var(--surface);
  }

  [role='alert'],
  .warning {
    padding: var(--space-2) var(--space-3);
    border-inline-start: 3px solid var(--problem-line);
    background: var(--problem-surface);
    font-size: 0.9375rem;
  }

  .rules li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-1) var(--space-4);
    padding-block: var(--space-3);
    border-block-start: 1px solid var(--line);
  }

  .rules .hint::first-letter {
    text-transform: uppercase;
  }

  .rules .warning {
    grid-column: 1 / -1;
  }

  @media (width < 48rem) {
    .rules li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
