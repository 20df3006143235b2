import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AppCommands, AppState } from '../app/state';
import type { BackendChoice } from '../shared/backend';
import { backendNames } from '../shared/backend';
import type { Settings } from '../shared/settings';
import { backendLabels } from './backend-labels';
import { controlStyles } from './control-styles';
import { closeIcon } from './icons';
import { settingsStyles } from './settings-styles';

const backendChoices: readonly BackendChoice[] = ['auto', ...backendNames];

/** The settings, in a dialog; every change goes to the app at once. */
@customElement('earmark-settings')
export class EarmarkSettings extends LitElement {
  @property({ attribute: false }) app!: AppCommands;
  @property({ attribute: false }) settings!: Settings;
  @property({ attribute: false }) devices: AppState['devices'] = [];

  /** While the slider is being moved, before the value is taken. */
  @state() private slidTagsPerSecond: number | undefined;
  @query('dialog', true) private dialog!: HTMLDialogElement;

  open(): void {
    this.dialog.showModal();
  }

  private change(change: Partial<Settings>): void {
    void this.app.changeSettings(change);
  }

  private closeOnBackdrop(event: Event): void {
    // The dialog has no padding of its own, so a press that reaches it directly was beside the panel.
    if (event.target === this.dialog) this.dialog.close();
  }

  private deviceOption(id: string, name: string) {
    return html`<option value=${id} .selected=${live(id === this.settings.deviceId)}>${name}</option>`;
  }

  private microphone() {
    const { deviceId } = this.settings;
    const missing = deviceId !== '' && !this.devices.some((device) => device.id === deviceId);
    return html`
      <div class="field">
        <label for="microphone">Microphone</label>
        <select id="microphone" @change=${(event: Event) => this.change({ deviceId: chosenValue(event) })}>
          ${this.deviceOption('', 'System default')}
          ${this.devices.map(({ id, name }, index) => this.deviceOption(id, name || `Microphone ${index + 1}`))}
          ${missing ? this.deviceOption(deviceId, 'Chosen microphone (not connected)') : nothing}
        </select>
      </div>
    `;
  }

  private voiceProcessing() {
    return html`
      <div class="field">
        <div class="switch">
          <label for="voice">Voice processing</label>
          <input
            id="voice"
            type="checkbox"
            role="switch"
            aria-describedby="voice-why"
            .checked=${live(this.settings.voiceProcessing)}
            @change=${(event: Event) => this.change({ voiceProcessing: (event.target as HTMLInputElement).checked })}
          />
        </div>
        <p id="voice-why">
          Echo cancellation, noise suppression and gain control. Better off: they are made for calls, and remove the very
          sounds that Earmark listens for.
        </p>
      </div>
    `;
  }

  private backend() {
    return html`
      <div class="field">
        <label for="backend">Compute with</label>
        <select
          id="backend"
          aria-describedby="backend-why"
          @change=${(event: Event) => this.change({ backend: chosenValue(event) as BackendChoice })}
        >
          ${backendChoices.map(
            (choice) =>
              html`<option value=${choice} .selected=${live(choice === this.settings.backend)}>${backendLabels[choice]}</option>`,
          )}
        </select>
        <p id="backend-why">Automatic tries each one on this device and takes the first that is right and quick enough.</p>
      </div>
    `;
  }

  private tagsPerSecond() {
    const taken = this.settings.tagsPerSecond;
    return html`
      <div class="field">
        <div class="switch">
          <label for="rate">Tags per second</label>
          <output for="rate">${this.slidTagsPerSecond ?? taken}</output>
        </div>
        <input
          id="rate"
          type="range"
          min="1"
          max="20"
          step="1"
          aria-describedby="rate-why"
          .value=${live(String(this.slidTagsPerSecond ?? taken))}
          @input=${(event: Event) => {
            this.slidTagsPerSecond = Number(chosenValue(event));
          }}
          @change=${(event: Event) => {
            this.slidTagsPerSecond = undefined;
            this.change({ tagsPerSecond: Number(chosenValue(event)) });
          }}
        />
        <p id="rate-why">How often the last two seconds are judged. More is livelier and takes more power.</p>
      </div>
    `;
  }

  protected override render() {
    return html`
      <dialog aria-labelledby="title" @click=${this.closeOnBackdrop}>
        <div class="panel">
          <div class="heading">
            <h2 id="title">Settings</h2>
            <button type="button" @click=${() => this.dialog.close()}>
              ${closeIcon}<span class="visually-hidden">Close settings</span>
            </button>
          </div>
          ${this.microphone()} ${this.voiceProcessing()} ${this.backend()} ${this.tagsPerSecond()}
        </div>
      </dialog>
    `;
  }

  static override styles = [controlStyles, settingsStyles];
}

function chosenValue(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-settings': EarmarkSettings;
  }
}
