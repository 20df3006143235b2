import { type SVGTemplateResult, svg } from 'lit';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import {
  ArrowDownToLine,
  Check,
  Circle,
  type IconNode,
  Keyboard,
  Maximize,
  Mic,
  Pencil,
  PictureInPicture2,
  Play,
  Search,
  SkipForward,
  Snowflake,
  Square,
  Trash2,
  TriangleAlert,
  Volume2,
  X,
} from 'lucide';

/** A drawing of Lucide's, on a grid of 24; decoration beside words, so hidden from screen readers. */
function icon(shapes: IconNode, look: 'line' | 'filled' = 'line'): SVGTemplateResult {
  const markup = shapes.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
    return `<${tag} ${written.join(' ')} />`;
  });
  return svg`<svg class=${look} viewBox="0 0 24 24" aria-hidden="true">${unsafeSVG(markup.join(''))}</svg>`;
}

export const microphoneIcon = icon(Mic);
export const stopIcon = icon(Square, 'filled');
export const closeIcon = icon(X);
export const searchIcon = icon(Search);
export const warningIcon = icon(TriangleAlert);
export const playIcon = icon(Play, 'filled');
export const keepIcon = icon(ArrowDownToLine);
export const recordIcon = icon(Circle, 'filled');
export const deleteIcon = icon(Trash2);
export const editIcon = icon(Pencil);
export const checkIcon = icon(Check);
export const soundIcon = icon(Volume2);
export const freezeIcon = icon(Snowflake);
export const resumeIcon = icon(SkipForward);
export const wallIcon = icon(Maximize);
export const pictureIcon = icon(PictureInPicture2);
export const keyboardIcon = icon(Keyboard);

/** The mark: a page with a folded corner that holds four bars. */
export const earmarkIcon = svg`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path class="page" d="M7 2h14l9 9v14a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5z" />
    <path class="fold" d="M21 2v6a3 3 0 0 0 3 3h6z" />
    <path class="bars" d="M9 20v3M14 14v9M19 17v6M24 20v3" />
  </svg>`;
