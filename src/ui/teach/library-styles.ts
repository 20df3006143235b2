import { css } from 'lit';

/** Rows of the library: one line each if there is room, two on phones. */
export const libraryStyles = css`
  :host {
    display: grid;
    gap: var(--space-3);
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    container-type: inline-size;
  }

  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
    gap: var(--space-2);
  }

  .bulk {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .head {
    justify-content: space-between;
  }

  .all,
  .tick {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: var(--target);
    min-inline-size: var(--target);
    cursor: pointer;
  }

  .tick {
    justify-content: center;
  }

  .all {
    padding-inline-start: 0.8125rem;
  }

  [type='checkbox'] {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .count,
  .when,
  .labels {
    color: var(--text-muted);
    font-size: 0.875rem;
  }

  .rows li {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr) auto auto auto;
    align-items: center;
    gap: var(--space-1);
    padding-block: var(--space-1);
    border-block-start: 1px solid var(--line);
  }

  .words {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name,
  .labels {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .open .labels {
    color: var(--accent);
    font-weight: 600;
  }

  /* Beside the icons of a row, where the name still has room. */
  .row-word {
    display: none;
  }

  @container (width >= 40rem) {
    .rows li > button {
      padding-inline: var(--space-2);
    }

    .row-word {
      display: inline;
    }

    .rows li > button:first-of-type {
      min-inline-size: 5.5rem;
    }
  }

  .when {
    padding-inline: var(--space-2);
    font-size: var(--text-small);
    line-height: 1.35;
    text-align: end;
    white-space: nowrap;
  }

  .empty {
    padding-block: var(--space-4);
  }

  @media (width < 40rem) {
    .when {
      display: none;
    }

    .name,
    .labels {
      overflow-wrap: anywhere;
      white-space: normal;
    }
  }

  /* Next to four buttons there is no room for words. */
  @media (width < 26rem) {
    .rows li {
      grid-template-columns: auto auto minmax(0, 1fr) auto;
    }

    .words {
      grid-column: 1 / -1;
      order: -1;
      padding-block-start: var(--space-1);
      padding-inline-start: 0.8125rem;
    }

    .rows li > button:nth-of-type(2) {
      justify-self: end;
    }
  }
`;
