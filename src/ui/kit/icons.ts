import { type SVGTemplateResult, svg } from 'lit';

/**
 * A drawing on a 24-unit grid. It decorates words, so it is hidden from screen readers. The drawings are Lucide's
 * (icons-license.txt), with the names given above them. They are copied because the package takes 34 MB, and the lines of
 * each are one path, which is shorter.
 */
function icon(shapes: SVGTemplateResult, look: 'line' | 'filled' = 'line'): SVGTemplateResult {
  return svg`<svg class=${look} viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
}

/** mic */
export const microphoneIcon = icon(svg`
  <path d="M12 19v3M19 10v2a7 7 0 0 1-14 0v-2" />
  <rect x="9" y="2" width="6" height="13" rx="3" />`);
/** square */
export const stopIcon = icon(
  svg`
  <rect width="18" height="18" x="3" y="3" rx="2" />`,
  'filled',
);
/** x */
export const closeIcon = icon(svg`
  <path d="M18 6 6 18M6 6l12 12" />`);
/** search */
export const searchIcon = icon(svg`
  <path d="m21 21-4.34-4.34" />
  <circle cx="11" cy="11" r="8" />`);
/** triangle-alert */
export const warningIcon = icon(svg`
  <path d="M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01" />`);
/** play */
export const playIcon = icon(
  svg`
  <path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z" />`,
  'filled',
);
/** arrow-down-to-line */
export const keepIcon = icon(svg`
  <path d="M12 17V3M6 11l6 6 6-6M19 21H5" />`);
/** circle */
export const recordIcon = icon(
  svg`
  <circle cx="12" cy="12" r="10" />`,
  'filled',
);
/** trash-2 */
export const deleteIcon = icon(svg`
  <path d="M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2" />`);
/** pencil */
export const editIcon = icon(svg`
  <path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4" />`);
/** check */
export const checkIcon = icon(svg`
  <path d="M20 6 9 17l-5-5" />`);
/** volume-2 */
export const soundIcon = icon(svg`
  <path d="M11 4.702a.705.705 0 0 0-1.203-.498L6.413 7.587A1.4 1.4 0 0 1 5.416 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2.416a1.4 1.4 0 0 1 .997.413l3.383 3.384A.705.705 0 0 0 11 19.298zM16 9a5 5 0 0 1 0 6M19.364 18.364a9 9 0 0 0 0-12.728" />`);
/** snowflake */
export const freezeIcon = icon(svg`
  <path d="M10 20l-1.25-2.5L6 18M10 4 8.75 6.5 6 6M14 20l1.25-2.5L18 18M14 4l1.25 2.5L18 6M17 21l-3-6h-4M17 3l-3 6 1.5 3M2 12h6.5L10 9M20 10l-1.5 2 1.5 2M22 12h-6.5L14 15M4 10l1.5 2L4 14M7 21l3-6-1.5-3M7 3l3 6h4" />`);
/** skip-forward */
export const resumeIcon = icon(svg`
  <path d="M21 4v16M6.029 4.285A2 2 0 0 0 3 6v12a2 2 0 0 0 3.029 1.715l9.997-5.998a2 2 0 0 0 .003-3.432z" />`);
/** maximize */
export const wallIcon = icon(svg`
  <path d="M8 3H5a2 2 0 0 0-2 2v3M21 8V5a2 2 0 0 0-2-2h-3M3 16v3a2 2 0 0 0 2 2h3M16 21h3a2 2 0 0 0 2-2v-3" />`);
/** picture-in-picture-2 */
export const pictureIcon = icon(svg`
  <path d="M21 9V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h4" />
  <rect width="10" height="7" x="12" y="13" rx="2" />`);
/** sliders-horizontal */
export const settingsIcon = icon(svg`
  <path d="M10 5H3M12 19H3M14 3v4M16 17v4M21 12h-9M21 19h-5M21 5h-7M8 10v4M8 12H3" />`);
/** keyboard */
export const keyboardIcon = icon(svg`
  <path d="M10 8h.01M12 12h.01M14 8h.01M16 12h.01M18 8h.01M6 8h.01M7 16h10M8 12h.01" />
  <rect width="20" height="16" x="2" y="4" rx="2" />`);

/** The logo: a page with a folded corner that holds four bars. */
export const earmarkIcon = svg`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path class="page" d="M7 2h14l9 9v14a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5z" />
    <path class="fold" d="M21 2v6a3 3 0 0 0 3 3h6z" />
    <path class="bars" d="M9 20v3M14 14v9M19 17v6M24 20v3" />
  </svg>`;
