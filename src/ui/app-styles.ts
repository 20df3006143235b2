import { css } from 'lit';

/** Where the page's parts stand. */
export const appStyles = css`
  :host {
    display: block;
    max-inline-size: 134rem;
    margin-inline: auto;
    padding-inline: var(--gutter);
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--space-3);
    padding-block: var(--space-4);
    background: var(--page);
  }

  .mark {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    stroke: none;
  }

  .mark .page {
    fill: var(--text);
  }

  .mark .fold {
    fill: var(--accent);
  }

  .mark .bars {
    stroke: var(--page);
    stroke-width: 3;
  }

  .title {
    flex: 1;
    min-inline-size: 0;
  }

  h1 {
    font-size: 1.5rem;
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.1;
  }

  .title p {
    color: var(--text-muted);
    font-size: 0.9375rem;
    line-height: 1.3;
  }

  .settings {
    order: -1;
    border-color: transparent;
  }

  .title {
    order: -2;
  }

  .mark {
    order: -3;
  }

  main {
    padding-block-end: var(--space-7);
  }

  [hidden] {
    display: none;
  }

  .failed-view {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3);
  }

  /* High enough to spare a line for the header: the button stays in reach. */
  @media (height >= 34rem) {
    header {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
    }
  }

  /* One hand: the button under the thumb. */
  @media (width < 40rem) {
    header {
      padding-block: var(--space-2);
    }

    .title p {
      font-size: var(--text-small);
    }

    .settings {
      padding: 0;
    }

    .settings span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @media (width < 40rem) and (height >= 34rem) {
    header {
      position: static;
    }

    .primary {
      position: fixed;
      inset: auto 0 0;
      z-index: 1;
      padding: var(--space-3) var(--gutter) calc(var(--space-3) + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--line);
      background: var(--page);
    }

    main {
      padding-block-end: calc(6rem + env(safe-area-inset-bottom));
    }
  }
`;
