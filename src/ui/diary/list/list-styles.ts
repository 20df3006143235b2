import { css } from 'lit';

/** Styles of the list of events. Rows have fixed heights, which the list knows too. */
export const listStyles = css`
  :host {
    display: block;
    overflow-anchor: none;
  }

  .rows {
    position: relative;
    contain: layout style;
  }

  .rows > div {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    contain: layout style;
  }

  h3,
  h4 {
    display: flex;
    align-items: baseline;
    gap: var(--space-3);
    margin: 0;
    font-weight: 650;
    white-space: nowrap;
  }

  h3 {
    align-self: end;
    padding-block-end: var(--space-1);
    font-size: 1.125rem;
  }

  h4 {
    align-self: end;
    padding-block-end: var(--space-1);
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  small {
    color: var(--text-muted);
    font-size: var(--text-small);
    font-weight: 400;
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }

  .event {
    border-block-start: 1px solid var(--line);
  }

  a {
    flex: 1;
    display: grid;
    grid-template-columns: 6.5rem minmax(0, 1fr) 11rem 6.5rem 8rem;
    align-items: center;
    gap: var(--space-3);
    min-inline-size: 0;
    block-size: 100%;
    color: inherit;
    text-decoration: none;
  }

  a:hover .name {
    text-decoration: underline;
  }

  a:focus-visible {
    outline-offset: calc(-1 * var(--focus-width));
  }

  .time,
  .length,
  .note,
  .verdict {
    color: var(--text-muted);
    font-size: 0.9375rem;
    white-space: nowrap;
  }

  .words {
    display: grid;
    min-inline-size: 0;
    line-height: 1.3;
  }

  .name,
  .note {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name {
    font-weight: 600;
  }

  .note {
    font-size: var(--text-small);
  }

  .wrong .name {
    color: var(--text-muted);
    text-decoration: line-through;
  }

  .strength {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: 0.9375rem;
  }

  .bar {
    flex: 1;
    block-size: 0.5rem;
    border-radius: 0.25rem;
    background: var(--track);
    overflow: hidden;
  }

  .bar i {
    display: block;
    block-size: 100%;
    background: var(--bar-strong);
    forced-color-adjust: none;
  }

  /* Rows without a sound end where the others do. */
  .sounding .event > a:last-child {
    margin-inline-end: calc(6rem + var(--target) + var(--space-2) + var(--space-3));
  }

  .waiting {
    color: var(--text-muted);
  }

  @media (width < 64rem) {
    a {
      grid-template: 'time words verdict strength length' auto / minmax(5rem, auto) minmax(0, 1fr) auto 7.5rem 5rem;
    }

    .time {
      grid-area: time;
    }

    .words {
      grid-area: words;
    }

    .verdict {
      grid-area: verdict;
    }

    .strength {
      grid-area: strength;
    }

    .length {
      grid-area: length;
    }
  }

  /* Two lines: what it was, and when, how strong and how long. */
  @media (width < 48rem) {
    a {
      grid-template: 'words words verdict' auto 'time strength length' auto / auto minmax(0, 1fr) auto;
      align-content: center;
      gap: var(--space-1) var(--space-3);
    }

    h3 {
      font-size: 1rem;
    }

    .time,
    .length,
    .verdict {
      font-size: var(--text-small);
    }

    .sounding .event > a:last-child {
      margin-inline-end: calc(var(--target) + var(--space-3));
    }

    .note {
      display: none;
    }

    .strength {
      font-size: var(--text-small);
    }
  }
`;
