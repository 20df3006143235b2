import { css } from 'lit';

/** Layout of the Listen view, and the display's text. */
export const listenStyles = css`
  :host {
    display: block;
  }

  :host([hidden]) {
    display: none;
  }

  .past {
    margin-block-end: var(--space-4);
  }

  /* Between the strongest sounds and the others. */
  .past:not([slot]) {
    margin-block-start: var(--space-4);
  }

  earmark-rewind,
  .actions {
    margin-inline-start: 3.25rem;
  }

  .actions {
    display: flex;
    align-items: start;
    gap: var(--space-2);
    margin-block-start: var(--space-2);
  }

  earmark-keep {
    flex: 1;
  }

  .message {
    max-inline-size: 42rem;
    padding: var(--space-3) var(--space-4);
    background: var(--display);
    text-align: center;
    text-wrap: balance;
  }

  .message p {
    font-size: 1.0625rem;
  }

  .message button {
    margin-block-start: var(--space-3);
    border-color: var(--display-text-muted);
    font-size: 1rem;
  }

  .message button:hover {
    border-color: var(--display-text);
  }

  .message [aria-disabled='true'] {
    color: var(--display-text-muted);
    cursor: default;
  }

  .demo {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    margin: var(--space-2) 0 0 3.25rem;
    font-weight: 600;
  }

  .message h2 {
    margin-block-end: var(--space-2);
    font-size: 1.5rem;
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.2;
  }

  @media (width < 40rem) {
    .message p {
      font-size: 0.9375rem;
    }

    .message h2 {
      font-size: var(--text-large);
    }

    .past {
      margin-block-end: var(--space-2);
    }

    earmark-rewind,
    .demo,
    .actions {
      margin-inline-start: 0;
    }
  }
`;
