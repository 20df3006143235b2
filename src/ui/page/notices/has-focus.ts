/**
 * Whether something in an element with a shadow tree has the focus, also in the shadow trees within. Chromium's
 * `:focus-within` does not see into those.
 */
export function hasFocus(element: Element): boolean {
  return Boolean(element.shadowRoot?.activeElement);
}
