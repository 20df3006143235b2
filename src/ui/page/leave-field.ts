/**
 * Leaves the field with the focus when the page is closed or reloaded. Fields tell of a change when they are left, and
 * what was typed last would be lost.
 */
export function leaveFieldWithPage(): void {
  window.addEventListener('pagehide', () => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused instanceof HTMLElement) focused.blur();
  });
}
