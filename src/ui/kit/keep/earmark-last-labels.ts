import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emptyTeachState, type TeachState } from '../../../app/teach/teach-state';
import type { TaughtLabel } from '../../../shared/contracts/clip';
import { labelName, t } from '../../messages/messages';
import { controlStyles } from '../control-styles';
import { LocalizedElement } from '../localized-element';
import { labelChoices } from './last-labels';

/** More would fill a telephone's screen. */
const MOST_CHOICES = 5;

const TAKE_LABELS_EVENT = 'takelabels';

/** The person pressed a chip: a sound is to get these labels. */
export class TakeLabelsEvent extends Event {
  constructor(readonly labels: readonly TaughtLabel[]) {
    super(TAKE_LABELS_EVENT);
  }
}

/** The labels that were given last, as chips: one press labels a sound. */
@customElement('earmark-last-labels')
export class EarmarkLastLabels extends LocalizedElement {
  @property({ attribute: false }) teach: TeachState = emptyTeachState;
  /** Labels that the sound already has. */
  @property({ attribute: false }) chosen: readonly TaughtLabel[] = [];

  private chip(words: string, labels: readonly TaughtLabel[]) {
    return html`<button type="button" @click=${() => this.dispatchEvent(new TakeLabelsEvent(labels))}>
      <span>${words}</span>
    </button>`;
  }

  protected override render() {
    const { last, earlier } = labelChoices(this.teach, MOST_CHOICES);
    const has = ({ id }: TaughtLabel): boolean => this.chosen.some((label) => label.id === id);
    const left = earlier.filter((label) => !has(label));
    const isSame = last.every(has);
    if (isSame && left.length === 0) return nothing;
    return html`<div role="group" aria-label=${t.keep.lastLabels}>
      ${isSame ? nothing : this.chip(t.keep.sameAsLast(last.map(labelName).join(', ')), last)}
      ${left.map((label) => this.chip(labelName(label), [label]))}
    </div>`;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }

      button {
        max-inline-size: 100%;
        padding-inline: var(--space-3);
        border-style: dashed;
        font-size: 0.9375rem;
      }

      span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-last-labels': EarmarkLastLabels;
  }
}
