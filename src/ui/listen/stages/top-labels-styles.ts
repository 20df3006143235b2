/** Looks of both: always dark, since one hangs on a wall at night and the other lies over other programs. */
const common = `
  :host { display: block; outline: none; background: #000004; color: #ffffff; font-family: system-ui, sans-serif; }
  ol { box-sizing: border-box; display: grid; margin: 0; block-size: 100%; list-style: none; }
  li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: center; column-gap: 0.5em; }
  span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 650; line-height: 1.3; }
  b { align-self: center; font-size: 0.7em; font-variant-numeric: tabular-nums; font-weight: 400; line-height: 1.3; }
  i { grid-column: 1 / -1; block-size: 0.16em; border-radius: 0.08em; background: #fd9a6e; transform: scaleX(0);
      transform-origin: left; transition: transform 120ms linear; }
  @media (prefers-reduced-motion: reduce) { i { transition: none; } }
`;

/**
 * Letters of a seventh of the screen's height: 3 cm on a screen of 24 inches, which is read from five metres. Sixteen of
 * them fit beside the number, which is more than the longest label has.
 */
export const wallStyles = `${common}
  :host { position: fixed; inset: 0; z-index: 10; cursor: none; }
  ol { padding: 3vh 4vw; font-size: min(15vh, 8vw); }
`;

export const pictureStyles = `${common}
  :host { position: fixed; inset: 0; }
  ol { padding: 2vh 5vw; font-size: min(20vh, 8vw); }
`;
