import { type SVGTemplateResult, svg } from 'lit';

/** Line drawings on a grid of 24; decoration beside words, so hidden from screen readers. */
function icon(shapes: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true">${shapes}</svg>`;
}

export const microphoneIcon = icon(svg`
  <rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5 11a7 7 0 0 0 14 0M12 18v3" />`);

export const stopIcon = icon(svg`<rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor" />`);

export const settingsIcon = icon(svg`
  <path d="M4 8h9M19 8h1M4 16h1M11 16h9" /><circle cx="16" cy="8" r="2.5" /><circle cx="8" cy="16" r="2.5" />`);

export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);

export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5" /><path d="M16 16l4.5 4.5" />`);

export const warningIcon = icon(svg`<path d="M12 4l9 16H3zM12 10v4M12 17v.01" />`);

export const playIcon = icon(svg`<path d="M8 5l11 7-11 7z" fill="currentColor" />`);

export const freezeIcon = icon(svg`<path d="M9 6v12M15 6v12" />`);

export const resumeIcon = icon(svg`<path d="M6 6l8 6-8 6zM18 6v12" />`);

export const wallIcon = icon(svg`<path d="M4 9V5h4M16 5h4v4M20 15v4h-4M8 19H4v-4" />`);

export const pictureIcon = icon(svg`<rect x="3.5" y="5" width="17" height="14" rx="2" /><path d="M12 12h5.5v4H12z" />`);

export const keepIcon = icon(svg`<path d="M12 4v10M8 10l4 4 4-4M5 19h14" />`);

export const recordIcon = icon(svg`<circle cx="12" cy="12" r="6" fill="currentColor" />`);

export const deleteIcon = icon(svg`<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5" />`);

export const editIcon = icon(svg`<path d="M5 19l1-4L16 5l3 3L9 18zM14 7l3 3" />`);

export const checkIcon = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`);

/** The mark: a page with a folded corner that holds four bars. */
export const earmarkIcon = svg`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path class="page" d="M7 2h14l9 9v14a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5z" />
    <path class="fold" d="M21 2v6a3 3 0 0 0 3 3h6z" />
    <path class="bars" d="M9 20v3M14 14v9M19 17v6M24 20v3" />
  </svg>`;
