import { consume } from '@lit/context';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { type DiaryClipFigures, emptyDiaryState } from '../../../app/diary/diary-state';
import type { AppCommands } from '../../../app/state';
import { type DiarySettings, diaryLimits } from '../../../shared/contracts/diary/diary-settings';
import { defaultEventRules } from '../../../shared/contracts/diary/event-rules';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { bytes, percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import { ruleDialogStyles } from '../rule-dialog-styles';
import { sliderStyles, wordsAboveSlider } from '../slider-styles';

/** Slider positions, in percent. */
const LEAST = 5;
const MOST = 95;

/** How much room clips of events may take, and how likely speech may be in them. */
@customElement('earmark-clip-limits')
export class EarmarkClipLimits extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) diary!: DiarySettings;
  @property({ attribute: false }) figures: DiaryClipFigures = emptyDiaryState.clips;

  /** Whether the room that was entered is out of range. */
  @state() private isBad = false;
  /** The slider's value while it is being moved, before it is applied. */
  @state() private slid: number | undefined;

  private setMegabytes(event: Event): void {
    const { least, most } = diaryLimits.clipMegabytes;
    const entered = (event.target as HTMLInputElement).valueAsNumber;
    this.isBad = !(entered >= least && entered <= most);
    if (!this.isBad) void this.app.changeSettings({ diary: { ...this.diary, clipMegabytes: Math.round(entered) } });
  }

  private setSpeech(speechThreshold: number | null): void {
    this.slid = undefined;
    const { diary } = this;
    void this.app.changeSettings({ diary: { ...diary, rules: { ...diary.rules, speechThreshold } } });
  }

  private room() {
    const { count, bytes: used, droppedForRoom } = this.figures;
    const { clipMegabytes } = this.diary;
    const { least, most } = diaryLimits.clipMegabytes;
    return html`
      <section>
        <h3>${t.diaryClips.room}</h3>
        <div class="field">
          <label for="megabytes">${t.diaryClips.megabytes}</label>
          <input id="megabytes" type="number" min=${least} max=${most} step="10" .value=${live(String(clipMegabytes))}
            aria-invalid=${this.isBad} aria-describedby="goes-first" @change=${this.setMegabytes} />
          ${this.isBad ? html`<p role="alert">${t.diaryClips.badMegabytes(String(least), String(most))}</p>` : nothing}
        </div>
        <p class="numbers">${t.diaryClips.used(count, bytes(used))}</p>
        ${used > 1e6 * clipMegabytes ? html`<p>${t.diaryClips.over}</p>` : nothing}
        ${droppedForRoom > 0 ? html`<p class="numbers">${t.diaryClips.droppedForRoom(droppedForRoom)}</p>` : nothing}
        <p class="hint" id="goes-first">${t.diaryClips.goesFirst}</p>
      </section>
    `;
  }

  private slider(threshold: number) {
    const chosen = (event: Event): number => Number((event.target as HTMLInputElement).value) / 100;
    return html`
      <div class="field">
        <label for="speech">${t.diaryClips.threshold}</label>
        <div class="slider">
          <span aria-hidden="true">${t.diaryClips.more}</span>
          <input id="speech" type="range" min=${LEAST} max=${MOST} step="1" aria-valuetext=${percent(threshold)}
            aria-describedby="filter-why" .value=${live(String(Math.round(100 * threshold)))}
            @input=${(event: Event) => {
              this.slid = chosen(event);
            }}
            @change=${(event: Event) => this.setSpeech(chosen(event))} />
          <span aria-hidden="true">${t.diaryClips.fewer}</span>
          <output class="numbers" for="speech">${percent(threshold)}</output>
        </div>
      </div>
    `;
  }

  private privacy() {
    const { speechThreshold } = this.diary.rules;
    const { droppedForSpeech } = this.figures;
    const toggle = (event: Event): void =>
      this.setSpeech((event.target as HTMLInputElement).checked ? defaultEventRules.speechThreshold : null);
    return html`
      <section>
        <h3>${t.diaryClips.privacy}</h3>
        <label class="tick">
          <input type="checkbox" .checked=${live(speechThreshold !== null)} aria-describedby="filter-why" @change=${toggle} />
          ${t.diaryClips.filter}
        </label>
        ${speechThreshold === null ? nothing : this.slider(this.slid ?? speechThreshold)}
        <p class="hint" id="filter-why">${speechThreshold === null ? t.diaryClips.filterOff : t.diaryClips.filterWhy}</p>
        <p class="numbers">${t.diaryClips.droppedForSpeech(droppedForSpeech)}</p>
      </section>
    `;
  }

  protected override render() {
    return html`${this.room()} ${this.privacy()}`;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    ruleDialogStyles,
    sliderStyles,
    wordsAboveSlider,
    css`
      :host {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: var(--space-5) var(--space-7);
        max-inline-size: 70rem;
      }

      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: var(--space-3);
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }

      [type='number'] {
        inline-size: 9rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-clip-limits': EarmarkClipLimits;
  }
}
