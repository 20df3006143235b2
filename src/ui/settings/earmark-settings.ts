import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { canKeepScreenOn } from '../../app/listening/wake-lock';
import type { AppCommands, AppState } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import type { BackendChoice } from '../../shared/contracts/backend';
import { backendNames } from '../../shared/contracts/backend';
import { languages } from '../../shared/contracts/messages/language';
import { settingLimits } from '../../shared/contracts/setting-limits';
import { type Settings, SHARED_SOUND, type Theme } from '../../shared/contracts/settings';
import { controlStyles } from '../kit/control-styles';
import { decibels } from '../kit/format';
import { keyboardIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { languageNames, t } from '../messages/messages';
import './earmark-your-data';
import { settingsStyles } from './settings-styles';

/** Choices of noise floors, in dBFS. */
const noiseFloors = [-90, -75, -65, -55] as const;

const backendChoices: readonly BackendChoice[] = ['auto', ...backendNames];

/** Fired when the person asks for the list of shortcuts. */
export const HELP_EVENT = 'help';

/** The Settings view. Every change is applied at once. */
@customElement('earmark-settings')
export class EarmarkSettings extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) settings!: Settings;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) devices: AppState['devices'] = [];

  /** The slider's value while it is being moved, before it is applied. */
  @state() private slidTagsPerSecond: number | undefined;
  private change(change: Partial<Settings>): void {
    void this.app.changeSettings(change);
  }

  private deviceOption(id: string, name: string) {
    return html`<option value=${id} .selected=${live(id === this.settings.deviceId)}>${name}</option>`;
  }

  private microphone() {
    const { deviceId } = this.settings;
    const canShare = 'getDisplayMedia' in (navigator.mediaDevices ?? {});
    const missing = !['', SHARED_SOUND].includes(deviceId) && !this.devices.some((device) => device.id === deviceId);
    return html`
      <div class="field">
        <label for="microphone">${t.settings.microphone}</label>
        <select id="microphone" @change=${(event: Event) => this.change({ deviceId: chosenValue(event) })}>
          ${this.deviceOption('', t.settings.systemDefault)}
          ${this.devices.map(({ id, name }, index) => this.deviceOption(id, name || t.settings.nameless(index + 1)))}
          ${canShare ? this.deviceOption(SHARED_SOUND, t.settings.sharedSound) : nothing}
          ${missing ? this.deviceOption(deviceId, t.settings.missing) : nothing}
        </select>
      </div>
    `;
  }

  private voiceProcessing() {
    return html`
      <div class="field">
        <div class="switch">
          <label for="voice">${t.settings.voice}</label>
          <input
            id="voice"
            type="checkbox"
            role="switch"
            aria-describedby="voice-why"
            .checked=${live(this.settings.voiceProcessing)}
            @change=${(event: Event) => this.change({ voiceProcessing: (event.target as HTMLInputElement).checked })}
          />
        </div>
        <p id="voice-why">${t.settings.voiceWhy}</p>
      </div>
    `;
  }

  private keepAwake() {
    return html`
      <div class="field">
        <div class="switch">
          <label for="awake">${t.settings.awake}</label>
          <input
            id="awake"
            type="checkbox"
            role="switch"
            aria-describedby="awake-why"
            ?disabled=${!canKeepScreenOn()}
            .checked=${live(this.settings.keepAwake)}
            @change=${(event: Event) => this.change({ keepAwake: (event.target as HTMLInputElement).checked })}
          />
        </div>
        <p id="awake-why">${canKeepScreenOn() ? t.settings.awakeWhy : t.settings.cannotKeepAwake}</p>
      </div>
    `;
  }

  private backend() {
    return html`
      <div class="field">
        <label for="backend">${t.settings.backend}</label>
        <select
          id="backend"
          aria-describedby="backend-why"
          @change=${(event: Event) => this.change({ backend: chosenValue(event) as BackendChoice })}
        >
          ${backendChoices.map(
            (choice) =>
              html`<option value=${choice} .selected=${live(choice === this.settings.backend)}>${t.backendNames[choice]}</option>`,
          )}
        </select>
        <p id="backend-why">${t.settings.backendWhy}</p>
      </div>
    `;
  }

  private tagsPerSecond() {
    const taken = this.settings.tagsPerSecond;
    return html`
      <div class="field">
        <div class="switch">
          <label for="rate">${t.settings.rate}</label>
          <output for="rate">${this.slidTagsPerSecond ?? taken}</output>
        </div>
        <input
          id="rate"
          type="range"
          min=${settingLimits.tagsPerSecond.least}
          max=${settingLimits.tagsPerSecond.most}
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
        <p id="rate-why">${t.settings.rateWhy}</p>
      </div>
    `;
  }

  private noiseFloor() {
    const { noiseFloorDb } = this.settings;
    const option = (value: number | null, name: string) =>
      html`<option value=${String(value)} .selected=${live(value === noiseFloorDb)}>${name}</option>`;
    return html`
      <div class="field">
        <label for="floor">${t.settings.noiseFloor}</label>
        <select
          id="floor"
          aria-describedby="floor-why"
          @change=${(event: Event) => this.change({ noiseFloorDb: JSON.parse(chosenValue(event)) as number | null })}
        >
          ${option(null, t.settings.neverRest)} ${noiseFloors.map((level) => option(level, decibels(level)))}
        </select>
        <p id="floor-why">${t.settings.noiseFloorWhy}</p>
      </div>
    `;
  }

  private language() {
    const option = (value: Settings['language'], name: string) =>
      html`<option value=${value} lang=${value || nothing} .selected=${live(value === this.settings.language)}>${name}</option>`;
    return html`
      <div class="field">
        <label for="language">${t.settings.language}</label>
        <select id="language" @change=${(event: Event) => this.change({ language: chosenValue(event) as Settings['language'] })}>
          ${option('', t.settings.asBrowser)} ${languages.map((language) => option(language, languageNames[language]))}
        </select>
      </div>
    `;
  }

  private theme() {
    const themes = Object.entries(t.settings.themes) as [Theme, string][];
    return html`
      <div class="field">
        <label for="theme">${t.settings.theme}</label>
        <select id="theme" @change=${(event: Event) => this.change({ theme: chosenValue(event) as Theme })}>
          ${themes.map(
            ([theme, name]) =>
              html`<option value=${theme} .selected=${live(theme === this.settings.theme)}>${name}</option>`,
          )}
        </select>
      </div>
    `;
  }

  private heardInTitle() {
    return html`
      <div class="field">
        <div class="switch">
          <label for="heard">${t.settings.heardInTitle}</label>
          <input
            id="heard"
            type="checkbox"
            role="switch"
            aria-describedby="heard-why"
            .checked=${live(this.settings.heardInTitle)}
            @change=${(event: Event) => this.change({ heardInTitle: (event.target as HTMLInputElement).checked })}
          />
        </div>
        <p id="heard-why">${t.settings.heardInTitleWhy}</p>
      </div>
    `;
  }

  private shortcuts() {
    return html`
      <div class="field">
        <div class="switch">
          <label for="shortcuts">${t.settings.shortcuts}</label>
          <input
            id="shortcuts"
            type="checkbox"
            role="switch"
            aria-describedby="shortcuts-why"
            .checked=${live(this.settings.shortcuts)}
            @change=${(event: Event) => this.change({ shortcuts: (event.target as HTMLInputElement).checked })}
          />
        </div>
        <p id="shortcuts-why">${t.settings.shortcutsWhy}</p>
        <button type="button" @click=${() => this.dispatchEvent(new Event(HELP_EVENT))}>
          ${keyboardIcon}${t.settings.listShortcuts}
        </button>
      </div>
    `;
  }

  protected override render() {
    return html`
      <h2>${t.settings.title}</h2>
      <section aria-labelledby="sound">
        <h3 id="sound">${t.settings.sound}</h3>
        ${this.microphone()} ${this.voiceProcessing()} ${this.keepAwake()}
      </section>
      <section aria-labelledby="computing">
        <h3 id="computing">${t.settings.computing}</h3>
        ${this.backend()} ${this.tagsPerSecond()} ${this.noiseFloor()}
      </section>
      <section aria-labelledby="page">
        <h3 id="page">${t.settings.page}</h3>
        ${this.language()} ${this.theme()} ${this.heardInTitle()} ${this.shortcuts()}
        <p><a href="licences.txt">${t.settings.licences}</a></p>
      </section>
      <section aria-labelledby="data">
        <h3 id="data">${t.yourData.title}</h3>
        <earmark-your-data .teach=${this.teach}></earmark-your-data>
      </section>
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
