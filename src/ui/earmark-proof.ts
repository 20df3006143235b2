import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../app/state';
import type { TeachState } from '../app/teach-state';
import { counted } from '../app/teach-words';
import type { Head, LabelProof, WrongClip } from '../shared/head';
import { controlStyles } from './control-styles';
import type { ChartData } from './earmark-chart';
import './earmark-chart';
import { figure, percent } from './format';
import { playIcon, stopIcon } from './icons';
import { columnStyles, teachStyles } from './teach-styles';

/** So many wrong clips are listed at once. */
const WRONG_ROWS = 20;

/** What cross-validation measured of a head: figures, curves, advice, and the clips it got wrong. */
@customElement('earmark-proof')
export class EarmarkProof extends LitElement {
  @property({ attribute: false }) app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) head: Head | undefined;

  @state() private allWrong = false;

  private nameOf(id: string): string {
    return this.head?.labels.find((label) => label.id === id)?.name ?? id;
  }

  private label(proof: LabelProof) {
    const name = this.nameOf(proof.id);
    const { auc, positives, precision, recall, threshold } = proof;
    const share = (value: number | null): string => (value === null ? '–' : percent(value));
    return html`
      <li class="label">
        <h3>${name}</h3>
        <dl class="numbers">
          <div><dt>AUC</dt><dd>${figure(auc?.value ?? null)}</dd></div>
          <div><dt>95 % interval</dt><dd>${auc ? `${figure(auc.low)} to ${figure(auc.high)}` : '–'}</dd></div>
          <div><dt>Precision</dt><dd>${share(precision)}</dd></div>
          <div><dt>Recall</dt><dd>${share(recall)}</dd></div>
          <div><dt>Counts from</dt><dd>${percent(threshold)}</dd></div>
          <div><dt>Clips</dt><dd>${positives} of ${positives + proof.negatives}</dd></div>
        </dl>
        ${
          auc
            ? html`<div class="charts">
                <earmark-chart .data=${rocChart(proof)} label="ROC curve of ${name}: AUC ${figure(auc.value)}"></earmark-chart>
                <earmark-chart .data=${reliabilityChart(proof)} label=${reliabilityWords(name, proof)}></earmark-chart>
              </div>`
            : html`<p class="hint">Too few clips to measure it.</p>`
        }
      </li>
    `;
  }

  private wrong({ clipId, labelId, kind, probability }: WrongClip) {
    const clip = this.teach.clips.find(({ id }) => id === clipId);
    const playing = this.teach.playing === clipId;
    const name = clip?.name ?? 'A clip that is not here any more';
    return html`
      <li>
        <button type="button" class="plain" ?disabled=${!clip} @click=${() => void this.app.teach.play(clipId)}>
          ${playing ? stopIcon : playIcon}<span class="visually-hidden">${playing ? 'Stop' : 'Play'} ${name}</span>
        </button>
        <p><span>${name}</span><br /><span class="how numbers">
          ${kind === 'missed' ? `“${this.nameOf(labelId)}” was missed` : `Taken for “${this.nameOf(labelId)}”`}, at ${percent(probability)}
        </span></p>
      </li>
    `;
  }

  protected override render() {
    const { head } = this;
    if (!head) {
      return html`<h2>Proof</h2><p class="hint">Here stands how well a head knows your sounds, measured on clips that it had not heard. Train one first.</p>`;
    }
    const { proof } = head;
    const wrong = this.allWrong ? proof.wrongClips : proof.wrongClips.slice(0, WRONG_ROWS);
    const { before, after } = proof.shippedAuc;
    return html`
      <h2>Proof of “${head.name}”</h2>
      <p class="hint">
        ${
          proof.folds === 0
            ? `${counted(proof.clips, 'clip')} are too few to measure anything: that takes at least two of a label.`
            : `Measured in ${proof.folds} rounds on ${counted(proof.clips, 'clip')}, each judged by a head that had not heard it.`
        }
        The sounds that Earmark knew before: AUC ${figure(before)} before, ${figure(after)} after.
      </p>
      ${
        proof.advice.length === 0
          ? nothing
          : html`<ul class="advice" aria-label="What to do next">${proof.advice.map((sentence) => html`<li class="warning">${sentence}</li>`)}</ul>`
      }
      <ul class="labels">${proof.labels.map((label) => this.label(label))}</ul>
      ${
        proof.wrongClips.length === 0
          ? nothing
          : html`<h3>${counted(proof.wrongClips.length, 'judgement')} that went wrong</h3>
              <ul class="wrong">${wrong.map((clip) => this.wrong(clip))}</ul>
              ${
                wrong.length < proof.wrongClips.length
                  ? html`<button type="button" @click=${() => {
                      this.allWrong = true;
                    }}>Show all</button>`
                  : nothing
              }`
      }
    `;
  }

  static override styles = [
    controlStyles,
    teachStyles,
    columnStyles,
    css`
      .advice li {
        padding-block: var(--space-1);
      }

      .labels {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--space-5) var(--space-6);
      }

      .label {
        min-inline-size: 0;
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
      }

      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--space-2);
        margin-block: var(--space-2);
      }

      dt,
      .how {
        color: var(--text-muted);
        font-size: var(--text-small);
      }

      .charts {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--space-2);
      }

      earmark-chart {
        block-size: 13rem;
      }

      .wrong {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        gap: 0 var(--space-5);
      }

      .wrong li {
        display: flex;
        align-items: center;
        min-inline-size: 0;
        border-block-start: 1px solid var(--line);
        line-height: 1.35;
      }

      .wrong p {
        min-inline-size: 0;
        padding-block: var(--space-2);
        overflow-wrap: anywhere;
      }

      @media (width < 40rem) {
        .charts {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

function rocChart({ roc }: LabelProof): ChartData {
  const x = roc.map(({ falsePositiveRate }) => falsePositiveRate);
  return {
    x,
    lines: [
      { name: 'ROC', values: roc.map(({ truePositiveRate }) => truePositiveRate), look: 'measured' },
      { name: 'Guessing', values: x, look: 'reference' },
    ],
    xName: 'False alarms',
    yName: 'Found',
    unit: true,
  };
}

function reliabilityChart({ reliability }: LabelProof): ChartData {
  // The ends are there for the line of perfect calibration alone.
  const x = [0, ...reliability.map(({ meanProbability }) => meanProbability), 1];
  return {
    x,
    lines: [
      {
        name: 'Reliability',
        values: [null, ...reliability.map(({ share }) => share), null],
        look: 'measured',
        points: true,
      },
      { name: 'Perfect', values: x, look: 'reference' },
    ],
    xName: 'Said',
    yName: 'True',
    unit: true,
  };
}

function reliabilityWords(name: string, { reliability }: LabelProof): string {
  const bins = reliability.map(
    ({ meanProbability, share }) => `${percent(meanProbability)} said, ${percent(share)} true`,
  );
  return `Reliability of ${name}: ${bins.join('; ')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-proof': EarmarkProof;
  }
}
