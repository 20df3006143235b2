import { css } from 'lit';
import { METER_BLOCK_SIZE } from './meter-styles';

/** Layout of the meters: the number of columns depends on the available width. */
export const metersStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .strongest,
  .blank {
    display: grid;
    gap: var(--space-1) var(--space-7);
  }

  .below {
    display: flex;
    gap: var(--space-4);
    align-items: center;
    min-block-size: var(--target);
  }

  .blank i {
    block-size: 0.75rem;
    margin-block: 2.75rem 2.25rem;
    border-radius: 0.25rem;
    background: var(--track);
  }

  earmark-filter {
    margin-block-start: var(--space-3);
    padding-block-start: var(--space-4);
    border-block-start: 1px solid var(--line);
  }

  earmark-filter[inert] {
    opacity: 0.5;
  }

  /* Reads down the columns, so that an overtaken row moves one place down instead of across the page. */
  .rest {
    --columns: 2;
    display: grid;
    grid-auto-flow: column;
    grid-template-columns: repeat(var(--columns), 1fr);
    grid-template-rows: repeat(round(up, max(1, var(--shown)) / var(--columns), 1), ${METER_BLOCK_SIZE});
    column-gap: var(--space-5);
    margin-block-start: var(--space-4);
  }

  @container (width < 40rem) {
    .blank i {
      block-size: 0.625rem;
      margin-block: 2.25rem 1.625rem;
    }
  }

  @container (width >= 40rem) {
    .strongest,
    .blank {
      grid-template-columns: repeat(2, 1fr);
    }

    .rest {
      --columns: 3;
      column-gap: var(--space-6);
    }
  }

  @container (width < 20rem) {
    .rest {
      --columns: 1;
    }
  }

  @container (width >= 54rem) {
    .rest {
      --columns: 4;
    }
  }

  @container (width >= 60rem) {
    .strongest,
    .blank {
      grid-template-columns: repeat(3, 1fr);
    }
  }

  @container (width >= 68rem) {
    .rest {
      --columns: 5;
    }
  }

  @container (width >= 96rem) {
    .rest {
      --columns: 7;
    }
  }
`;
