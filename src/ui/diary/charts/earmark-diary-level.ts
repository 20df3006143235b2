import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import { levelSummary } from '../../../events/diary/levels';
import { diaryLimits } from '../../../shared/contracts/diary/diary-settings';
import { isWithin } from '../../../shared/contracts/setting-limits';
import type { LevelSpan } from '../../../shared/contracts/sound-event';
import '../../kit/chart/earmark-chart';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { decimal } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import { levelChart } from './level-chart';

/** A reading is compared with the level of the last seconds. */
const RECENT_MS = 30_000;

/** How loud a day was. */
@customElement('earmark-diary-level')
export class EarmarkDiaryLevel extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** Of a day, oldest first. */
  @property({ attribute: false }) levels: readonly LevelSpan[] = [];
  @property({ attribute: false }) dayStartMs = 0;
  @property({ attribute: false }) dayEndMs = 0;
  @property({ attribute: false }) calibrationDb: number | null = null;

  /** Why the last reading could not be used. */
  @state() private fault: 'deaf' | 'range' | undefined;
  @query('#reading') private reading!: HTMLInputElement;

  private get unit(): string {
    return this.calibrationDb === null ? 'dBFS' : 'dB(A)';
  }

  private words(levelDb: number): string {
    const shown = levelDb + (this.calibrationDb ?? 0);
    return `${Number.isFinite(shown) ? decimal(shown, 1).replace('-', '−') : '−∞'} ${this.unit}`;
  }

  private async calibrate(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.reading.value.trim();
    const now = Date.now();
    const recent = levelSummary(await this.app.diary.levels(now - RECENT_MS, now).catch(() => []));
    if (!recent || !Number.isFinite(recent.laeqDb)) {
      this.fault = 'deaf';
      return;
    }
    const calibrationDb = Number(text.replace(',', '.')) - recent.laeqDb;
    this.fault = text !== '' && isWithin(calibrationDb, diaryLimits.calibrationDb) ? undefined : 'range';
    if (!this.fault) this.change(calibrationDb);
  }

  private change(calibrationDb: number | null): void {
    const { diary } = this.app.state.settings;
    void this.app.changeSettings({ diary: { ...diary, calibrationDb } });
  }

  private calibration() {
    return html`
      <details>
        <summary>${t.diaryDay.calibrate}</summary>
        <p class="hint">${t.diaryDay.calibrateWhy}</p>
        <form class="bar" @submit=${(event: Event) => void this.calibrate(event)}>
          <label for="reading">${t.diaryDay.reading}</label>
          <input id="reading" type="text" inputmode="decimal" size="6" autocomplete="off"
            aria-describedby=${this.fault ? 'fault' : nothing} />
          <span>dB(A)</span>
          <button type="submit">${t.diaryDay.useReading}</button>
          ${
            this.calibrationDb === null
              ? nothing
              : html`<button type="button" @click=${() => this.change(null)}>${t.diaryDay.forgetReading}</button>`
          }
        </form>
        ${this.fault ? html`<p id="fault" role="alert">${t.diaryDay.faults[this.fault]}</p>` : nothing}
      </details>
    `;
  }

  protected override render() {
    const summary = levelSummary(this.levels);
    if (!summary) return html`<p class="hint">${t.diaryDay.noLevels}</p>${this.calibration()}`;
    const { laeqDb, minimumDb, maximumDb } = summary;
    const words = t.diaryDay.levelWords(this.words(laeqDb), this.words(minimumDb), this.words(maximumDb));
    const chart = levelChart(this.levels, this, this.calibrationDb ?? 0, this.unit);
    return html`
      <p class="numbers">${words}</p>
      <earmark-chart .data=${chart} label=${words}></earmark-chart>
      <p class="hint">${t.diaryDay.lines}</p>
      ${this.calibration()}
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      earmark-chart {
        block-size: 16rem;
        max-inline-size: 80rem;
      }

      form {
        margin-block-start: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-level': EarmarkDiaryLevel;
  }
}
