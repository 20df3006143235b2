import { css } from 'lit';

/** Styles of the Models view: a row of models, figures in tables, and the model card as text. */
export const modelsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: var(--space-6);
    padding-block-start: var(--space-2);
  }

  :host([hidden]) {
    display: none;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }

  h2 {
    font-size: var(--text-title);
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }

  h3,
  h4,
  h5 {
    margin: 0;
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  .hint {
    max-inline-size: 46rem;
    color: var(--text-muted);
    font-size: 0.9375rem;
  }

  .models {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
    gap: var(--space-4);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .models li {
    display: grid;
    align-content: start;
    justify-items: start;
    gap: var(--space-2);
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .models button {
    margin-block-start: var(--space-2);
  }

  .chosen,
  .chosen:hover {
    border-color: var(--text);
    background: var(--text);
    color: var(--page);
  }

  .failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3);
  }

  earmark-chart {
    block-size: 16rem;
    max-inline-size: 26rem;
  }

  pre {
    max-inline-size: 100%;
    overflow-x: auto;
    margin: 0;
  }

  /* The card is read next to the list of models. */
  @media (width >= 80rem) {
    :host {
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
      gap: var(--space-7);
    }

    .models {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    max-inline-size: 50rem;
    line-height: 1.55;
  }

  article > :is(h3, h4) {
    margin-block-start: var(--space-3);
  }

  article :is(ul, ol) {
    margin: 0;
    padding-inline-start: var(--space-5);
  }

  article > * {
    overflow-wrap: break-word;
  }

  pre {
    max-block-size: 24rem;
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-small);
    background: var(--surface);
    font-size: var(--text-small);
    line-height: 1.4;
  }

  @media (forced-colors: active) {
    .chosen {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
