import { css } from 'lit';

/**
 * Hides text from everyone except screen readers: `.visually-hidden`, and words that are dropped when there is little
 * room.
 */
export const visuallyHidden = css`
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`;

/** The outline of a button, also for links and labels that look like one. */
export const buttonOutline = css`
  display: inline-flex;
  align-items: center;
  min-block-size: var(--target);
  padding-inline: var(--space-4);
  border: 1px solid var(--control-line);
  border-radius: var(--radius-full);
`;

/** Styles shared by every element: the box model, focus, buttons, and text for screen readers only. */
export const controlStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  p,
  dl,
  dd {
    margin: 0;
  }

  /* The browser's own blue cannot be read on the dark theme. */
  a {
    color: var(--accent);
  }

  button,
  input,
  select {
    color: inherit;
    font: inherit;
  }

  :focus-visible {
    outline: var(--focus-width) solid var(--accent);
    outline-offset: 2px;
  }

  button {
    ${buttonOutline}
    justify-content: center;
    gap: var(--space-2);
    min-inline-size: var(--target);
    background: transparent;
    cursor: pointer;
    touch-action: manipulation;
    transition:
      background-color var(--quick),
      border-color var(--quick),
      color var(--quick);
  }

  button:hover {
    border-color: var(--text);
  }

  svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  svg.filled {
    fill: currentColor;
    scale: 0.75;
  }

  .visually-hidden {
    ${visuallyHidden}
  }

  /* The word beside a button's icon, where there is room for it. */
  @media (width < 40rem) {
    .word {
      ${visuallyHidden}
    }
  }

  /* The button's shortcut key. Touch screens seldom have keys. */
  button kbd {
    padding-inline: 0.375rem;
    border: 1px solid var(--control-line);
    border-radius: 0.25rem;
    color: var(--text-muted);
    font: inherit;
    font-size: var(--text-small);
    line-height: 1.4;
  }

  @media (hover: none) {
    button kbd {
      display: none;
    }
  }
`;
