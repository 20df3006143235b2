import { css } from 'lit';
import { textStyles } from '../kit/text-styles';

/** Styles shared by the parts of the Teach view, in addition to form styles. */
export const teachStyles = css`
  ${textStyles}

  :host {
    display: block;
    min-inline-size: 0;
  }

  :host([hidden]) {
    display: none;
  }

  progress {
    inline-size: 100%;
    block-size: 0.625rem;
    border: none;
    border-radius: 0.25rem;
    overflow: hidden;
    appearance: none;
    background: var(--track);
    accent-color: var(--accent);
  }

  progress::-webkit-progress-bar {
    background: var(--track);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  .warning {
    color: var(--text);
  }

  .warning::before {
    content: '';
    display: inline-block;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: var(--space-2);
    border-radius: 50%;
    background: var(--problem-line);
  }
`;

/** A part of the Teach view that lays out its content in one column. */
export const columnStyles = css`
  :host {
    display: grid;
    gap: var(--space-3);
    grid-template-columns: minmax(0, 1fr);
  }
`;
