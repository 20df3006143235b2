/** Common to both. Always dark: one hangs on a wall at night, the other floats over other programs. */
const common = `
  :host { display: block; outline: none; background: #000004; color: #ffffff; font-family: system-ui, sans-serif; }
  [hidden] { display: none !important; }
  ol { box-sizing: border-box; display: grid; margin: 0; block-size: 100%; list-style: none; }
  li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: center; column-gap: 0.5em; }
  span { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
         font-weight: 650; line-height: 1.15; overflow-wrap: anywhere; }
  .long:not(.past) span { font-size: 0.72em; }
  b { align-self: center; font-size: 0.7em; font-variant-numeric: tabular-nums; font-weight: 400; line-height: 1.3; }
  i { grid-column: 1 / -1; block-size: 0.16em; border-radius: 0.08em; background: #fd9a6e; transform: scaleX(0);
      transform-origin: left; transition: transform 120ms linear; }
  .past { font-size: 0.6em; color: #c8c8d0; }
  .past b { font-size: 1em; }
  .past i { visibility: hidden; }
  /* Black on yellow differs from everything that is heard, also for people who do not see red. */
  div { box-sizing: border-box; display: flex; flex-direction: column; justify-content: center; gap: 0.2em;
        block-size: 100%; background: #ffd400; color: #000004; text-align: center; }
  strong { font-size: 1.3em; font-weight: 800; line-height: 1.1; overflow-wrap: anywhere; }
  p, small { margin: 0; font-size: 0.5em; line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
  small { margin-block-start: 0.8em; font-size: 0.35em; }
  /* A narrow screen has small letters, but height to spare. */
  @media (width < 40rem) and (orientation: portrait) { p { font-size: 0.8em; } small { font-size: 0.5em; } }
  @media (prefers-reduced-motion: reduce) { i { transition: none; } }
  @media (forced-colors: active) {
    i { forced-color-adjust: none; background: CanvasText; }
    div { forced-color-adjust: none; background: CanvasText; color: Canvas; }
  }
`;

/**
 * Letters one seventh of the screen's height: 3 cm on a 24-inch screen, readable from five metres. Twelve of them fit
 * next to the number. Longer names are smaller, and have two lines.
 */
export const wallStyles = `${common}
  :host { position: fixed; inset: 0; z-index: 10; cursor: none; }
  ol, div { padding: 3vh 4vw; font-size: min(15vh, 8vw); }
`;

export const pictureStyles = `${common}
  :host { position: fixed; inset: 0; }
  ol, div { padding: 2vh 5vw; font-size: min(20vh, 8vw); }
`;
