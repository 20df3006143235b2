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

/** The mark: a page with a folded corner that holds four bars. */
export const earmarkIcon = svg`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path class="page" d="M7 2h14l9 9v14a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5z" />
    <path class="fold" d="M21 2v6a3 3 0 0 0 3 3h6z" />
    <path class="bars" d="M9 20v3M14 14v9M19 17v6M24 20v3" />
  </svg>`;
