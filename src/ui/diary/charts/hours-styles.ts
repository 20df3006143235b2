import { css } from 'lit';

/** Styles of the table of a day. */
export const hoursStyles = css`
  table {
    border-collapse: separate;
    border-spacing: 1px;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }

  th {
    padding-inline-end: var(--space-2);
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }

  thead th {
    color: var(--text-muted);
  }

  thead th:not(:first-child) {
    padding: 0;
    text-align: center;
  }

  /* Stays while the hours scroll past. */
  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    max-inline-size: 9rem;
    background: var(--page);
    overflow: hidden;
    text-overflow: ellipsis;
  }

  td {
    min-inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    border-radius: 0.25rem;
    background: color-mix(in srgb, var(--track) 45%, transparent);
    text-align: center;
  }

  td button {
    inline-size: 100%;
    block-size: 2.25rem;
    min-inline-size: 0;
    min-block-size: 0;
    padding: 0;
    border-color: transparent;
    border-radius: 0.25rem;
  }

  .total {
    padding-inline: var(--space-2);
    background: none;
  }
`;
