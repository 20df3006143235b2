import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InstallationCommands, InstallationState } from '../../../app/install/installation-state';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';

/** Says that a newer version is available, and switches to it on request. */
@customElement('earmark-update')
export class EarmarkUpdate extends LocalizedElement {
  @property({ attribute: false }) installation: InstallationCommands | undefined;
  /** Passed separately, so that a change triggers a redraw. */
  @property({ attribute: false }) state: InstallationState | undefined;

  private words({ update, busy }: InstallationState): string {
    if (update === 'looking' || update === 'absent' || update === 'unreachable') return t.update[update];
    if (update === 'taken') return busy ? t.update.takenBusy : t.update.taken;
    if (busy) return t.update.busy;
    return update === 'refused' ? t.update.refused : t.update.ready;
  }

  private button({ update, busy }: InstallationState) {
    if (update === 'absent' || update === 'unreachable')
      return html`<button type="button" @click=${() => void this.installation?.findUpdate()}>${t.update.lookAgain}</button>`;
    if (busy || update === 'looking') return nothing;
    return html`<button type="button" @click=${() => void this.installation?.takeUpdate()}>${t.update.reload}</button>`;
  }

  protected override render() {
    if (!this.state || this.state.update === 'none') return nothing;
    return html`
      <div role="status">
        <p>${this.words(this.state)}</p>
        ${this.button(this.state)}
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        margin-block-end: var(--space-3);
        padding: var(--space-2) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }

      p {
        flex: 1;
        min-inline-size: min(16rem, 100%);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-update': EarmarkUpdate;
  }
}
