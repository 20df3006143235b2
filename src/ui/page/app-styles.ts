import { css } from 'lit';
import { visuallyHidden } from '../kit/control-styles';

/** Layout of the page. */
export const appStyles = css`
  :host {
    display: block;
    max-inline-size: 134rem;
    margin-inline: auto;
    padding-inline: var(--gutter);
  }

  header {
    display: grid;
    grid-template: 'brand primary' auto 'tabs tabs' auto / 1fr auto;
    align-items: center;
    gap: 0 var(--space-5);
    margin-block-end: var(--space-4);
    padding-block-start: var(--space-3);
    border-block-end: 1px solid var(--line);
    background: var(--page);
  }

  .brand {
    grid-area: brand;
    display: flex;
    align-items: center;
    gap: var(--space-3);
    min-inline-size: 0;
  }

  .primary {
    grid-area: primary;
  }

  earmark-tabs {
    grid-area: tabs;
    align-self: end;
    min-inline-size: 0;
    margin-block-end: -1px;
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

  h1 {
    font-size: 1.5rem;
    font-weight: 700;
    letter-spacing: -0.02em;
    line-height: 1.1;
  }

  .brand p {
    color: var(--text-muted);
    font-size: 0.9375rem;
    line-height: 1.3;
  }

  .lamp {
    display: inline-block;
    inline-size: 0.625em;
    block-size: 0.625em;
    margin-inline-end: 0.5em;
    border-radius: var(--radius-full);
    background: var(--accent);
    forced-color-adjust: none;
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

  .loading-view {
    padding-block: var(--space-5);
    color: var(--text-muted);
  }

  /* High enough to spare a line for the header, so the button stays within reach. */
  @media (height >= 34rem) {
    header {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
    }
  }

  /* Wide enough for one line, even in German with an open microphone. */
  @media (width >= 88rem) {
    header {
      grid-template: 'brand tabs primary' auto / auto 1fr auto;
      padding-block: 0;
    }

    .brand,
    .primary {
      padding-block: var(--space-3);
    }

    earmark-tabs {
      margin-inline-start: var(--space-5);
    }
  }

  /* For one-handed use: the button is under the thumb. */
  @media (width < 40rem) {
    .brand {
      gap: var(--space-2);
    }

    .mark {
      inline-size: 2rem;
      block-size: 2rem;
    }

    .brand p {
      font-size: var(--text-small);
      text-wrap: balance;
    }
  }

  /* If the header scrolls away, its tabs stay. */
  @media (width < 40rem) and (height >= 34rem), (width < 32rem) {
    header {
      display: contents;
    }

    .brand {
      padding-block-start: var(--space-3);
    }

    earmark-tabs {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      margin: 0 calc(-1 * var(--gutter)) var(--space-4);
      padding-inline: var(--gutter);
      border-block-end: 1px solid var(--line);
      background: var(--page);
    }
  }

  /* Also the size of a page at 400 % zoom. */
  @media (width < 32rem) and (height < 34rem) {
    .primary {
      margin-block-end: var(--space-4);
    }
  }

  /* A phone in landscape, or a page at 200 % zoom: one line, which stays. The rest of the height is for the sounds. */
  @media (width >= 32rem) and (height < 34rem) {
    header {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      grid-template: 'brand tabs primary' auto / auto 1fr auto;
      gap: var(--space-3);
      margin-block-end: var(--space-2);
      padding-block: 0;
    }

    .brand > div {
      ${visuallyHidden}
    }

    .brand,
    .primary {
      padding-block: var(--space-1);
    }
  }

  @media (width < 40rem) and (height >= 34rem) {
    .primary {
      position: fixed;
      inset: auto 0 0;
      z-index: 2;
      padding: var(--space-3) var(--gutter) calc(var(--space-3) + env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--line);
      background: var(--page);
    }

    main {
      padding-block-end: calc(6rem + env(safe-area-inset-bottom));
    }
  }
`;
