import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import type { ClipInfo, TaughtLabel } from '../../../shared/contracts/clip';
import type { Head, WrongClip } from '../../../shared/contracts/model/head';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { editIcon, playIcon, stopIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import '../../kit/table/earmark-table-actions';
import { appContext } from '../../kit/state/app-context';
import { labelName, t } from '../../messages/messages';
import '../earmark-label-picker';
import type { LabelsEvent } from '../earmark-label-picker';
import { columnStyles, teachStyles } from '../teach-styles';
import { mistakesTable } from './proof-table';

/** Number of rows at first, and added on request. */
const ROWS = 20;
const MORE_ROWS = 100;

/** The clips that a head got wrong, one row each; what they hold can be corrected in their rows. */
@customElement('earmark-wrong-clips')
export class EarmarkWrongClips extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) head!: Head;
  /** The labels that can be given. */
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];

  @state() private rows = ROWS;
  /** Id of the clip that is being corrected. */
  @state() private editing: string | undefined;

  /** The mistakes by the clip's id, the worst clip first. */
  private byClip: readonly (readonly [string, readonly WrongClip[]])[] = [];
  /** Made anew only where the clips change: there can be thousands. */
  private clips: ReadonlyMap<string, ClipInfo> = new Map();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('teach') && changed.get('teach')?.clips !== this.teach.clips) {
      this.clips = new Map(this.teach.clips.map((clip) => [clip.id, clip]));
    }
    if (!changed.has('head')) return;
    this.byClip = byClip(this.head.proof.wrongClips);
    if (changed.get('head')?.id === this.head.id) return;
    this.rows = ROWS;
    this.editing = undefined;
  }

  private nameOf(id: string): string {
    return labelName(this.head.labels.find((label) => label.id === id) ?? { id, name: id });
  }

  private clipName(id: string): string {
    const clip = this.clips.get(id);
    return clip ? t.clipName(clip) : t.proof.goneClip;
  }

  private editor(clip: ClipInfo) {
    const labels = clip.labels.map((id) => this.known.find((label) => label.id === id) ?? { id, name: id });
    const relabel = (now: readonly TaughtLabel[]): void => {
      const kept = new Set(now.map(({ id }) => id));
      void this.app.teach.clips.relabel([clip.id], {
        addLabels: now.filter(({ id }) => !clip.labels.includes(id)),
        removeLabels: clip.labels.filter((id) => !kept.has(id)),
        reviewed: true,
      });
    };
    return html`
      <div class="editor">
        <earmark-label-picker caption=${t.snippet.whatSounds} .labels=${labels} .known=${this.known}
          @labelschange=${(event: LabelsEvent) => relabel(event.labels)}></earmark-label-picker>
        <div class="bar">
          <button type="button" @click=${() => relabel([])}>${t.teach.noneOfThese}</button>
          <button type="button" @click=${() => {
            this.editing = undefined;
          }}>${t.proof.editingDone}</button>
        </div>
        <p class="hint">${t.proof.trainAgain}</p>
      </div>
    `;
  }

  private row(clipId: string, mistakes: readonly WrongClip[], clip: ClipInfo | undefined) {
    const playing = this.teach.playing === clipId;
    const name = this.clipName(clipId);
    const editing = clip !== undefined && this.editing === clipId;
    return html`
      <li>
        <button type="button" class="plain" ?disabled=${!clip} aria-label=${playing ? t.teach.stop(name) : t.teach.play(name)}
          @click=${() => void this.app.teach.playback.clip(clipId)}>
          ${playing ? stopIcon : playIcon}<span class="row-word">${playing ? t.snippet.stop : t.snippet.play}</span>
        </button>
        <p><span>${name}</span>${mistakes.map(
          ({ kind, labelId, probability }) => html`<br /><span class="how numbers">
            ${t.proof[kind === 'missed' ? 'missed' : 'falseAlarm'](this.nameOf(labelId), percent(probability))}
          </span>`,
        )}</p>
        ${
          clip
            ? html`<button type="button" class="plain" aria-label=${t.library.edit(name)} aria-expanded=${editing} @click=${() => {
                this.editing = editing ? undefined : clipId;
              }}>${editIcon}<span class="row-word">${t.library.editWord}</span></button>`
            : nothing
        }
        ${editing ? this.editor(clip) : nothing}
      </li>
    `;
  }

  protected override render() {
    const { wrongClips } = this.head.proof;
    if (wrongClips.length === 0) return nothing;
    return html`
      <h3>${t.proof.wrong(wrongClips.length)}</h3>
      <ul>
        ${this.byClip.slice(0, this.rows).map(([clipId, mistakes]) => this.row(clipId, mistakes, this.clips.get(clipId)))}
      </ul>
      ${
        this.rows < this.byClip.length
          ? html`<button type="button" @click=${() => {
              this.rows += MORE_ROWS;
            }}>${t.proof.showMore}</button>`
          : nothing
      }
      <earmark-table-actions
        .data=${mistakesTable(
          this.head,
          (id) => this.clipName(id),
          (id) => this.nameOf(id),
        )}
      ></earmark-table-actions>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    teachStyles,
    columnStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        gap: 0 var(--space-5);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: var(--space-2);
        min-inline-size: 0;
        container-type: inline-size;
        border-block-start: 1px solid var(--line);
        line-height: 1.35;
      }

      li > p {
        min-inline-size: 0;
        padding-block: var(--space-2);
        overflow-wrap: anywhere;
      }

      /* Beside the icons of a row, where the name still has room. */
      .row-word {
        display: none;
      }

      @container (width >= 22rem) {
        li > button {
          padding-inline: var(--space-2);
        }

        .row-word {
          display: inline;
        }
      }

      .editor {
        display: grid;
        grid-column: 1 / -1;
        gap: var(--space-2);
        padding-block-end: var(--space-3);
      }

      .how {
        color: var(--text-muted);
        font-size: var(--text-small);
      }
    `,
  ];
}

function byClip(wrongClips: readonly WrongClip[]): [string, WrongClip[]][] {
  const mistakes = new Map<string, WrongClip[]>();
  for (const wrong of wrongClips) {
    const own = mistakes.get(wrong.clipId);
    if (own) own.push(wrong);
    else mistakes.set(wrong.clipId, [wrong]);
  }
  return [...mistakes];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-wrong-clips': EarmarkWrongClips;
  }
}
