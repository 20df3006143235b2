import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InstallationCommands, InstallationState } from '../../../app/install/installation-state';
import { controlStyles } from '../../kit/control-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';

/** How to install Earmark as an app: a button if the browser offers one, else instructions. */
@customElement('earmark-install')
export class EarmarkInstall extends LocalizedElement {
  @property({ attribute: false }) installation: InstallationCommands | undefined;
  /** Passed separately, so that a change triggers a redraw. */
  @property({ attribute: false }) state: InstallationState | undefined;

  protected override render() {
    const install = this.state?.install ?? 'none';
    if (install === 'none') return nothing;
    return html`
      <h3>${t.install.title}</h3>
      ${
        install === 'offered'
          ? html`<button type="button" @click=${() => void this.installation?.install()}>${t.install.button}</button>`
          : html`<p>${t.install.byHand}</p>`
      }
      <p class="why">${t.install.why}</p>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--space-2);
      }

      h3 {
        font-size: var(--text-body);
        font-weight: 600;
      }

      .why {
        color: var(--text-muted);
        font-size: var(--text-small);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-install': EarmarkInstall;
  }
}
