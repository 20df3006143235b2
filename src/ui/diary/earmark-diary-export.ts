import { consume } from '@lit/context';
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { chooseFile, type SaveTarget } from '../../app/files/save-file';
import type { AppCommands } from '../../app/state';
import { type EventFormat, eventFormats } from '../../events/formats/formats';
import type { DiaryFilter } from '../../shared/contracts/diary/diary-query';
import { controlStyles } from '../kit/control-styles';
import { formStyles } from '../kit/form-styles';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { t } from '../messages/messages';
import { diaryStyles } from './diary-styles';

/** Fetched when something is exported. */
const exportCode = () => import('../../app/diary/export-events');

type Outcome =
  | { readonly kind: 'writing'; readonly done: number; readonly total: number }
  | { readonly kind: 'done' | 'clips'; readonly count: number }
  | { readonly kind: 'failed' };

/** Exports events, or their sounds, as files. */
@customElement('earmark-diary-export')
export class EarmarkDiaryExport extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** What the list shows. */
  @property({ attribute: false }) filter: DiaryFilter = {};
  @property({ attribute: false }) shownCount = 0;
  @property({ attribute: false }) allCount = 0;

  @state() private format: EventFormat = 'csv';
  @state() private outcome: Outcome | undefined;

  private get isWriting(): boolean {
    return this.outcome?.kind === 'writing';
  }

  /** Asks where to save, which must happen directly after a press, and then writes. */
  private async export(
    kind: 'done' | 'clips',
    chosen: Promise<SaveTarget | undefined>,
    write: (target: SaveTarget, onProgress: (done: number, total: number) => void) => Promise<number>,
  ): Promise<void> {
    const target = await chosen;
    if (!target) return;
    const onProgress = (done: number, total: number): void => {
      this.outcome = { kind: 'writing', done, total };
    };
    onProgress(0, 0);
    try {
      this.outcome = { kind, count: await write(target, onProgress) };
    } catch (error) {
      console.warn(error);
      this.outcome = { kind: 'failed' };
    }
  }

  private exportEvents(filter: DiaryFilter): void {
    const { format } = this;
    const { suffix, mediaType } = eventFormats[format];
    const chosen = chooseFile(`earmark-diary-${today()}${suffix}`, mediaType);
    void this.export('done', chosen, async (target, onProgress) =>
      (await exportCode()).exportEvents(this.app.diary, filter, format, target, onProgress),
    );
  }

  private exportClips(): void {
    const { filter } = this;
    const chosen = chooseFile(`earmark-diary-sounds-${today()}.zip`, 'application/zip');
    void this.export('clips', chosen, async (target, onProgress) =>
      (await exportCode()).exportClips(this.app.diary, filter, target, onProgress),
    );
  }

  private outcomeWords(outcome: Outcome): string {
    if (outcome.kind === 'failed') return t.diaryExport.failed;
    if (outcome.kind === 'writing') return t.diaryExport.writing(outcome.done, outcome.total);
    if (outcome.kind === 'done') return t.diaryExport.done(outcome.count);
    return outcome.count === 0 ? t.diaryExport.noClips : t.diaryExport.clipsDone(outcome.count);
  }

  protected override render() {
    const { shownCount, allCount, outcome } = this;
    return html`
      <details>
        <summary>${t.diaryExport.title}</summary>
        <div class="bar">
          <label for="format">${t.diaryExport.format}</label>
          <select id="format" @change=${(event: Event) => {
            this.format = (event.target as HTMLSelectElement).value as EventFormat;
          }}>
            ${(Object.keys(eventFormats) as EventFormat[]).map(
              (format) =>
                html`<option value=${format} .selected=${format === this.format}>${t.diaryExport.formats[format]}</option>`,
            )}
          </select>
          ${
            shownCount === allCount
              ? nothing
              : html`<button type="button" ?disabled=${this.isWriting || shownCount === 0}
                  @click=${() => this.exportEvents(this.filter)}>${t.diaryExport.shown(shownCount)}</button>`
          }
          <button type="button" ?disabled=${this.isWriting} @click=${() => this.exportEvents({})}>${t.diaryExport.all(allCount)}</button>
          <button type="button" ?disabled=${this.isWriting} @click=${this.exportClips}>${t.diaryExport.clips}</button>
        </div>
        <p class="hint numbers" role="status">${outcome ? this.outcomeWords(outcome) : nothing}</p>
      </details>
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-export': EarmarkDiaryExport;
  }
}
