import { consume } from '@lit/context';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import { type PrecisionAt, TABLE_THRESHOLDS, WANTED_PRECISION } from '../../../events/diary/precision';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import '../../kit/table/earmark-table';
import type { Cell, TableData } from '../../kit/table/table-data';
import { t } from '../../messages/messages';
import { withRule } from '../diary-rules';
import { diaryStyles } from '../diary-styles';
import { type LabelNames, nameOf } from '../diary-words';
import type { LabelPrecision } from './review-figures';

/** How often each sound was right, by threshold, and which thresholds the verdicts propose. */
@customElement('earmark-diary-precision')
export class EarmarkDiaryPrecision extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) labels: readonly LabelPrecision[] = [];
  @property({ attribute: false }) names: LabelNames = new Map();

  private cell({ judged, precision: { value, low, high } }: PrecisionAt): Cell {
    if (judged === 0) return { value: null, shown: '–' };
    return { value, shown: t.diaryReview.precision(percent(value), percent(low), percent(high), judged) };
  }

  private get table(): TableData {
    return {
      name: t.diaryReview.table,
      columns: [
        t.diaryFilter.label,
        t.diaryReview.verdicts,
        ...TABLE_THRESHOLDS.map((threshold) => t.diaryFilter.atLeast(percent(threshold))),
      ],
      rows: this.labels.map(({ label, labelName, verdicts, table }) => [
        nameOf(label, labelName, this.names),
        { value: verdicts, shown: verdicts },
        ...table.map((at) => this.cell(at)),
      ]),
    };
  }

  private proposal({ label, labelName, proposed }: LabelPrecision & { readonly proposed: PrecisionAt }) {
    const { threshold, right, judged } = proposed;
    const { diary } = this.app.state.settings;
    const isUsed = diary.rules.labels[label]?.threshold === threshold;
    const name = nameOf(label, labelName, this.names);
    return html`
      <li class="bar">
        <p>${t.diaryReview.proposal(name, percent(threshold), right, judged)}</p>
        <button type="button" ?disabled=${isUsed} @click=${() => {
          void this.app
            .changeSettings({ diary: withRule(diary, label, { threshold }) })
            .then(() => this.requestUpdate());
        }}>${isUsed ? t.diaryReview.used : t.diaryReview.use}</button>
      </li>
    `;
  }

  private async teach(): Promise<void> {
    const { judgedSounds } = await import('../../../app/diary/judged-sounds');
    await this.app.teach.clips.keepJudged(judgedSounds(this.app.diary, (label) => this.names.get(label) ?? label));
  }

  protected override render() {
    if (this.labels.length === 0) return html`<p class="hint">${t.diaryReview.noVerdicts}</p>`;
    const proposals = this.labels.filter(
      (label): label is LabelPrecision & { proposed: PrecisionAt } => label.proposed !== undefined,
    );
    return html`
      <h3>${t.diaryReview.table}</h3>
      <p class="hint">${t.diaryReview.tableWhat}</p>
      <earmark-table .data=${this.table}></earmark-table>
      <h3>${t.diaryReview.proposals}</h3>
      ${
        proposals.length === 0
          ? html`<p class="hint">${t.diaryReview.noProposals(percent(WANTED_PRECISION))}</p>`
          : html`<ul>${proposals.map((label) => this.proposal(label))}</ul>`
      }
      <h3>${t.diaryReview.teach}</h3>
      <p class="hint">${t.diaryReview.teachWhat}</p>
      <div class="bar"><button type="button" @click=${() => void this.teach()}>${t.diaryReview.teachButton}</button></div>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      li + li {
        margin-block-start: var(--space-2);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-precision': EarmarkDiaryPrecision;
  }
}
