import { css } from 'lit';
import { visuallyHidden } from '../kit/control-styles';

/** A line of readings, each with its name. */
export const readingStyles = css`
  dl {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--space-5);
    min-block-size: var(--target);
  }

  .item {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-block-size: 1.75rem;
    white-space: nowrap;
  }

  dd {
    display: flex;
    align-items: center;
    min-inline-size: 3.5em;
    color: var(--text);
  }

  @media (width < 40rem) {
    dl {
      column-gap: var(--space-3);
    }

    /* The text after it says the same. */
    .told {
      ${visuallyHidden}
    }

    dd {
      min-inline-size: 2.5em;
    }
  }
`;
