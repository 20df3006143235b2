import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { pickedFiles } from '../../app/files/dropped-files';
import type { AppCommands } from '../../app/state';
import type { TeachState } from '../../app/teach/teach-state';
import type { ClipInfo, TaughtLabel } from '../../shared/contracts/clip';
import { controlStyles } from '../kit/control-styles';
import './earmark-label-name';
import type { LabelNameEvent } from './earmark-label-name';
import './earmark-label-picker';
import { formStyles } from '../kit/form-styles';
import { bytes, seconds } from '../kit/format';
import { moment } from '../kit/format-moment';
import { deleteIcon, editIcon, playIcon, stopIcon } from '../kit/icons';
import { LocalizedElement } from '../kit/localized-element';
import { appContext } from '../kit/state/app-context';
import { ChangedRowsEvent, changedPlaces } from '../kit/state/changed-rows';
import { labelName, t } from '../messages/messages';
import type { LabelsEvent } from './earmark-label-picker';
import {
  type ClipFilter,
  filterClips,
  isToBeChecked,
  labelWords,
  NONE_OF_THESE,
  TO_BE_CHECKED,
  TO_BE_LABELLED,
} from './library-filter';
import { libraryStyles } from './library-styles';
import { teachStyles } from './teach-styles';

/** Rows per page of the list: thousands at once would freeze the page. */
const PAGE_ROWS = 20;

/** Fired when a clip is to be edited. */
const EDIT_EVENT = 'editclip';

export class EditEvent extends Event {
  constructor(readonly clipId: string) {
    super(EDIT_EVENT);
  }
}

/** The kept clips: find, play, relabel, delete and export them. */
@customElement('earmark-library')
export class EarmarkLibrary extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  /** Whether there is a model: it determines the rate at which sounds are kept. */
  @property({ attribute: false }) ready = false;

  @state() private filter: ClipFilter = { text: '', label: '' };
  @state() private page = 0;
  @state() private selected: ReadonlySet<string> = new Set();
  @query('#files') private filePicker!: HTMLInputElement;
  @query('#folder') private folderPicker!: HTMLInputElement;

  private shown: readonly ClipInfo[] = [];
  private names: ReadonlyMap<string, string> = new Map();
  private filteredFrom: unknown[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { clips, labels } = this.teach;
    const inputs = [clips, labels, this.filter, this.known];
    if (inputs.every((input, i) => input === this.filteredFrom[i])) return;
    this.filteredFrom = inputs;
    this.names = new Map([...this.known, ...labels].map((label) => [label.id, labelName(label)]));
    this.shown = filterClips(clips, labels, this.filter);
    this.page = Math.min(this.page, Math.max(0, Math.ceil(this.shown.length / PAGE_ROWS) - 1));
    if (!changed.has('teach')) return;
    const there = new Set(clips.map(({ id }) => id));
    if ([...this.selected].some((id) => !there.has(id))) {
      this.selected = new Set([...this.selected].filter((id) => there.has(id)));
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('teach')?.clips;
    if (!before) return;
    const rows = this.renderRoot.querySelectorAll('.rows > li');
    const places = changedPlaces(this.rowClips, before, ({ name, labels, reviewed }) =>
      JSON.stringify([name, labels, reviewed]),
    );
    if (places.length > 0) this.dispatchEvent(new ChangedRowsEvent(places.flatMap((place) => rows[place] ?? [])));
  }

  /** Those of the current page. */
  private get rowClips(): readonly ClipInfo[] {
    return this.shown.slice(this.page * PAGE_ROWS, (this.page + 1) * PAGE_ROWS);
  }

  private narrow(change: Partial<ClipFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.page = 0;
  }

  private pick(picker: HTMLInputElement): void {
    const files = [...(picker.files ?? [])];
    picker.value = '';
    if (files.length === 0) return;
    void this.app.teach.transfers.importFiles(new Promise((resolve) => resolve(pickedFiles(files))));
  }

  private select(id: string, on: boolean): void {
    const selected = new Set(this.selected);
    if (on) selected.add(id);
    else selected.delete(id);
    this.selected = selected;
  }

  private intake() {
    const { transfer, clips, room } = this.teach;
    const busy = transfer !== undefined;
    const closed = busy || !this.ready;
    return html`
      <div class="bar">
        <button type="button" ?disabled=${closed} @click=${() => this.filePicker.click()}>${t.library.importFiles}</button>
        <button type="button" ?disabled=${closed} @click=${() => this.folderPicker.click()}>${t.library.importFolder}</button>
        <button type="button" ?disabled=${busy || clips.length === 0} @click=${() => void this.app.teach.transfers.exportDataset()}>${t.library.exportAll}</button>
        <input id="files" type="file" multiple hidden accept="audio/*,video/*,.zip,.flac,.opus" aria-label=${t.library.filesToImport}
          @change=${() => this.pick(this.filePicker)} />
        <input id="folder" type="file" webkitdirectory hidden aria-label=${t.library.folderToImport}
          @change=${() => this.pick(this.folderPicker)} />
      </div>
      ${
        transfer
          ? html`<div role="status" class="field">
              <span class="numbers">${t.library[transfer.kind === 'import' ? 'importing' : 'packing'](transfer.done, String(transfer.total || '…'))}</span>
              <progress max=${Math.max(1, transfer.total)} value=${transfer.done} aria-label=${t.library.progress}></progress>
            </div>`
          : nothing
      }
      ${
        room
          ? html`<p class="hint numbers">
              ${t.library.room(bytes(room.usedBytes), bytes(room.quotaBytes))}
              ${room.persisted ? t.library.persisted : t.library.notPersisted}
            </p>`
          : nothing
      }
    `;
  }

  private filters() {
    const { labels } = this.teach;
    const option = (value: string, name: string) =>
      html`<option value=${value} .selected=${value === this.filter.label}>${name}</option>`;
    return html`
      <div class="filters">
        <label class="visually-hidden" for="find">${t.library.find}</label>
        <input id="find" type="search" placeholder=${t.library.findHint} autocomplete="off" .value=${this.filter.text}
          @input=${(event: Event) => this.narrow({ text: (event.target as HTMLInputElement).value })} />
        <label class="visually-hidden" for="by-label">${t.library.showLabel}</label>
        <select id="by-label" @change=${(event: Event) => this.narrow({ label: (event.target as HTMLSelectElement).value })}>
          ${option('', t.library.allLabels)} ${option(TO_BE_LABELLED, t.library.toBeLabelled)} ${option(TO_BE_CHECKED, t.library.unchecked)} ${option(NONE_OF_THESE, t.teach.noneOfThese)}
          ${labels.map((label) => option(label.id, labelName(label)))}
        </select>
      </div>
    `;
  }

  /** The filtered label can be renamed, except while a snippet that may have it is edited. */
  private labelName() {
    const label = this.teach.labels.find(({ id }) => id === this.filter.label);
    if (!label || this.teach.draft) return nothing;
    return html`<earmark-label-name .label=${label} .own=${this.teach.labels} .known=${this.known}
      @labelname=${({ id, to }: LabelNameEvent) => {
        this.narrow({ label: to.id });
        void this.app.teach.clips.renameLabel(id, to);
      }}></earmark-label-name>`;
  }

  /** Actions for the selected clips that the filter shows. */
  private bulk() {
    const chosen = this.shown.filter(({ id }) => this.selected.has(id));
    if (chosen.length === 0) return nothing;
    const ids = chosen.map(({ id }) => id);
    const unchecked = chosen.filter(isToBeChecked).map(({ id }) => id);
    const { teach } = this.app;
    const common = new Set(chosen[0]?.labels.filter((label) => chosen.every(({ labels }) => labels.includes(label))));
    const shared = [...common].map((id) => ({ id, name: this.names.get(id) ?? id }));
    const relabel = (event: LabelsEvent): void => {
      const now = new Set(event.labels.map(({ id }) => id));
      const addLabels = event.labels.filter(({ id }) => !common.has(id));
      void teach.clips.relabel(ids, {
        addLabels,
        removeLabels: [...common].filter((id) => !now.has(id)),
        reviewed: true,
      });
    };
    return html`
      <div class="bulk" role="group" aria-label=${t.library.selectedClips}>
        <p class="numbers">${t.library.selected(ids.length)}</p>
        <earmark-label-picker caption=${t.library.commonLabels} .labels=${shared} .known=${this.known}
          @labelschange=${relabel}></earmark-label-picker>
        <div class="bar">
          ${
            unchecked.length === 0
              ? nothing
              : html`<button type="button" @click=${() => void teach.clips.acceptLabels(unchecked)}>${t.library.acceptLabels}</button>`
          }
          <button type="button" @click=${() => {
            const labels = new Set(chosen.flatMap((clip) => clip.labels));
            void teach.clips.relabel(ids, { removeLabels: [...labels], reviewed: true });
          }}>${t.teach.noneOfThese}</button>
          <button type="button" @click=${() => void teach.clips.remove(ids)}>${t.library.delete(ids.length)}</button>
          <button type="button" @click=${() => {
            this.selected = new Set();
          }}>${t.library.unselect}</button>
        </div>
      </div>
    `;
  }

  private row(clip: ClipInfo) {
    const { teach } = this.app;
    const playing = this.teach.playing === clip.id;
    const name = t.clipName(clip);
    return html`
      <li class=${clip.reviewed ? '' : 'open'}>
        <label class="tick">
          <input type="checkbox" aria-label=${t.library.select(name)} .checked=${live(this.selected.has(clip.id))}
            @change=${(event: Event) => this.select(clip.id, (event.target as HTMLInputElement).checked)} />
        </label>
        <button type="button" class="plain" aria-label=${playing ? t.teach.stop(name) : t.teach.play(name)}
          @click=${() => void teach.playback.clip(clip.id)}>
          ${playing ? stopIcon : playIcon}<span class="row-word">${playing ? t.snippet.stop : t.snippet.play}</span>
        </button>
        <div class="words">
          <span class="name">${name}</span>
          <span class="labels">${labelWords(clip, this.names)}</span>
        </div>
        <span class="when numbers">${seconds(clip.sampleCount / clip.sampleRateHz)}<br />${moment(clip.keptAtMs)}</span>
        <button type="button" class="plain" aria-label=${t.library.edit(name)}
          @click=${() => this.dispatchEvent(new EditEvent(clip.id))}>
          ${editIcon}<span class="row-word">${t.library.editWord}</span>
        </button>
        <button type="button" class="plain" aria-label=${t.library.deleteOne(name)}
          @click=${() => void teach.clips.remove([clip.id])}>
          ${deleteIcon}<span class="row-word">${t.library.deleteWord}</span>
        </button>
      </li>
    `;
  }

  private list() {
    const { clips } = this.teach;
    if (clips.length === 0) {
      return html`<p class="hint empty">${t.library.empty}</p>`;
    }
    const pages = Math.max(1, Math.ceil(this.shown.length / PAGE_ROWS));
    const all = this.shown.length > 0 && this.shown.every(({ id }) => this.selected.has(id));
    return html`
      ${this.filters()} ${this.labelName()} ${this.bulk()}
      <div class="bar head">
        <label class="all">
          <input type="checkbox" .checked=${live(all)} @change=${(event: Event) => {
            const on = (event.target as HTMLInputElement).checked;
            this.selected = new Set(on ? this.shown.map(({ id }) => id) : []);
          }} />
          ${t.library.selectAll}
        </label>
        <p class="numbers count" role="status">${t.library.count(this.shown.length, clips.length)}</p>
      </div>
      ${this.shown.length === 0 ? html`<p class="hint empty">${t.library.nothingFound}</p>` : nothing}
      <ul class="rows">${this.rowClips.map((clip) => this.row(clip))}</ul>
      ${
        pages === 1
          ? nothing
          : html`<nav class="bar" aria-label=${t.library.pages}>
              <button type="button" ?disabled=${this.page === 0} @click=${() => this.page--}>${t.library.newer}</button>
              <span class="numbers">${t.library.page(this.page + 1, pages)}</span>
              <button type="button" ?disabled=${this.page === pages - 1} @click=${() => this.page++}>${t.library.older}</button>
            </nav>`
      }
    `;
  }

  protected override render() {
    return html`<h2>${t.library.title}</h2>${this.intake()} ${this.list()}`;
  }

  static override styles = [controlStyles, formStyles, teachStyles, libraryStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-library': EarmarkLibrary;
  }
}
