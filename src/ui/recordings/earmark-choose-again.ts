import { consume } from '@lit/context';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { QueuedRecording } from '../../app/recordings/recordings-state';
import type { AppCommands } from '../../app/state';
import { buttonOutline, controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';

/** A button that asks for the file of a recording once more. Fires `given` when the file was handed over. */
@customElement('earmark-choose-again')
export class EarmarkChooseAgain extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) recording!: QueuedRecording;

  private async choose(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    await this.app.recordings.giveAgain(this.recording.id, file);
    this.dispatchEvent(new Event('given'));
  }

  protected override render() {
    const name = t.recordings.named(t.recordings.chooseAgain, this.recording.name);
    return html`
      <label>${t.recordings.chooseAgain}
        <input class="visually-hidden" type="file" aria-label=${name} @change=${(event: Event) => void this.choose(event)} /></label>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    css`
      label {
        ${buttonOutline}
        cursor: pointer;
      }

      label:focus-within {
        outline: var(--focus-width) solid var(--accent);
        outline-offset: 2px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-choose-again': EarmarkChooseAgain;
  }
}
