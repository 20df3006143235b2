import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chooseFile, fileNameOf } from '../../app/files/save-file';
import type { AppCommands } from '../../app/state';
import { type EventFormat, eventFormats } from '../../events/formats/formats';
import { baseName } from '../../shared/lib/files/file-names';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';

/** Exports the events of recordings, in the formats of the diary. */
@customElement('earmark-recording-export')
export class EarmarkRecordingExport extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** Ids. */
  @property({ attribute: false }) recordings: readonly string[] = [];
  /** What the file is named after. */
  @property({ attribute: false }) name = '';

  @state() private format: EventFormat = 'csv';
  @state() private outcome: string | undefined;

  /** Asks where to save, which must happen directly after a press. */
  private async save(): Promise<void> {
    const { suffix, mediaType } = eventFormats[this.format];
    const name = `${fileNameOf(baseName(this.name), 'x').slice(0, -2)}${suffix}`;
    const target = await chooseFile(name, mediaType);
    if (!target) return;
    try {
      this.outcome = t.recording.saved(await this.app.recordings.export(this.recordings, this.format, target));
    } catch (error) {
      console.warn(error);
      this.outcome = t.recording.failed;
    }
  }

  protected override render() {
    return html`
      <div class="bar">
        <label for="format">${t.recording.format}</label>
        <select id="format" @change=${(event: Event) => {
          this.format = (event.target as HTMLSelectElement).value as EventFormat;
        }}>
          ${(Object.keys(eventFormats) as EventFormat[]).map(
            (format) =>
              html`<option value=${format} .selected=${format === this.format}>${t.diaryExport.formats[format]}</option>`,
          )}
        </select>
        <button type="button" @click=${() => void this.save()}>${t.recording.save}</button>
        <span class="numbers" role="status">${this.outcome ?? nothing}</span>
      </div>
    `;
  }

  static override styles = [controlStyles, formStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-recording-export': EarmarkRecordingExport;
  }
}
