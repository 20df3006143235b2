import { css } from 'lit';

/** Chips in a row, and the list of suggestions below the field. */
export const labelPickerStyles = css`
  label {
    font-size: 0.875rem;
    font-weight: 600;
  }

  .box {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    margin-block-start: var(--space-1);
  }

  .chip {
    max-inline-size: 100%;
    padding-inline: var(--space-3);
    border-color: var(--text);
    background: var(--text);
    color: var(--page);
  }

  .chip .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .typing {
    position: relative;
    flex: 1 1 12rem;
    max-inline-size: 24rem;
  }

  .typing input {
    inline-size: 100%;
    /* A telephone's bars at the lower edge, of the editor and of the page. */
    scroll-margin-block-end: 14rem;
  }

  [role='listbox'] {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 100%;
    z-index: 2;
    margin-block-start: var(--space-1);
    padding: var(--space-1);
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    box-shadow: var(--shadow);
  }

  [role='option'] {
    display: flex;
    align-items: center;
    min-block-size: var(--target);
    padding-inline: var(--space-3);
    border-radius: 0.25rem;
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  [role='option']:hover,
  [aria-selected='true'] {
    background: var(--track);
  }

  #problem:not(:empty) {
    margin-block-start: var(--space-1);
    font-size: 0.875rem;
  }
`;
