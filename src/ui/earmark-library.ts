import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AppCommands } from '../app/state';
import type { TeachState } from '../app/teach-state';
import { pickedFiles } from '../audio/dropped-files';
import type { ClipInfo, TaughtLabel } from '../shared/clip';
import { controlStyles } from './control-styles';
import './earmark-label-picker';
import type { LabelsEvent } from './earmark-label-picker';
import { bytes, moment, seconds } from './format';
import { deleteIcon, editIcon, playIcon, stopIcon } from './icons';
import { type ClipFilter, filterClips, labelWords, NONE_OF_THESE, TO_BE_LABELLED } from './library-filter';
import { libraryStyles } from './library-styles';
import { teachStyles } from './teach-styles';

/** Rows on a page of the list: thousands at once would freeze the page. */
const PAGE_ROWS = 20;

/** The clips that are kept: find, play, relabel, delete, take along. */
@customElement('earmark-library')
export class EarmarkLibrary extends LitElement {
  @property({ attribute: false }) app!: AppCommands;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) known: readonly TaughtLabel[] = [];
  /** Whether there is a model: it tells the rate at which sounds are kept. */
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
    this.names = new Map([...this.known, ...labels].map(({ id, name }) => [id, name]));
    this.shown = filterClips(clips, labels, this.filter);
    this.page = Math.min(this.page, Math.max(0, Math.ceil(this.shown.length / PAGE_ROWS) - 1));
    if (!changed.has('teach')) return;
    const there = new Set(clips.map(({ id }) => id));
    if ([...this.selected].some((id) => !there.has(id))) {
      this.selected = new Set([...this.selected].filter((id) => there.has(id)));
    }
  }

  private narrow(change: Partial<ClipFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.page = 0;
  }

  private pick(picker: HTMLInputElement): void {
    const files = [...(picker.files ?? [])];
    picker.value = '';
    if (files.length === 0) return;
    void this.app.teach.importFiles(new Promise((resolve) => resolve(pickedFiles(files))));
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
        <button type="button" ?disabled=${closed} @click=${() => this.filePicker.click()}>Import files</button>
        <button type="button" ?disabled=${closed} @click=${() => this.folderPicker.click()}>Import a folder</button>
        <button type="button" ?disabled=${busy || clips.length === 0} @click=${() => void this.app.teach.exportDataset()}>
          Export all clips
        </button>
        <input id="files" type="file" multiple hidden accept="audio/*,video/*,.zip,.flac,.opus" aria-label="Files to import"
          @change=${() => this.pick(this.filePicker)} />
        <input id="folder" type="file" webkitdirectory hidden aria-label="Folder to import"
          @change=${() => this.pick(this.folderPicker)} />
      </div>
      ${
        transfer
          ? html`<div role="status" class="field">
              <span class="numbers">${transfer.kind === 'import' ? 'Importing' : 'Packing'}: ${transfer.done} of ${transfer.total || '…'}</span>
              <progress max=${Math.max(1, transfer.total)} value=${transfer.done} aria-label="Progress"></progress>
            </div>`
          : nothing
      }
      ${
        room
          ? html`<p class="hint numbers">
              ${bytes(room.usedBytes)} used of ${bytes(room.quotaBytes)}.
              ${room.persisted ? 'The browser keeps it until you delete it.' : 'The browser may delete it when the disk is full: export what matters.'}
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
        <label class="visually-hidden" for="find">Find clips</label>
        <input id="find" type="search" placeholder="Find by name or label" autocomplete="off" .value=${this.filter.text}
          @input=${(event: Event) => this.narrow({ text: (event.target as HTMLInputElement).value })} />
        <label class="visually-hidden" for="by-label">Show label</label>
        <select id="by-label" @change=${(event: Event) => this.narrow({ label: (event.target as HTMLSelectElement).value })}>
          ${option('', 'All labels')} ${option(TO_BE_LABELLED, 'To be labelled')} ${option(NONE_OF_THESE, 'None of these')}
          ${labels.map(({ id, name }) => option(id, name))}
        </select>
      </div>
    `;
  }

  /** What can be done with the selected clips together. */
  private bulk() {
    if (this.selected.size === 0) return nothing;
    const ids = [...this.selected];
    const { teach } = this.app;
    const chosen = this.teach.clips.filter(({ id }) => this.selected.has(id));
    const common = new Set(chosen[0]?.labels.filter((label) => chosen.every(({ labels }) => labels.includes(label))));
    const shared = [...common].map((id) => ({ id, name: this.names.get(id) ?? id }));
    const relabel = (event: LabelsEvent): void => {
      const now = new Set(event.labels.map(({ id }) => id));
      const addLabels = event.labels.filter(({ id }) => !common.has(id));
      void teach.relabel(ids, { addLabels, removeLabels: [...common].filter((id) => !now.has(id)), reviewed: true });
    };
    return html`
      <div class="bulk" role="group" aria-label="Selected clips">
        <p class="numbers">${ids.length} selected</p>
        <earmark-label-picker caption="Labels that all of them have" .labels=${shared} .known=${this.known}
          @labelschange=${relabel}></earmark-label-picker>
        <div class="bar">
          <button type="button" @click=${() => {
            const labels = new Set(chosen.flatMap((clip) => clip.labels));
            void teach.relabel(ids, { removeLabels: [...labels], reviewed: true });
          }}>None of these</button>
          <button type="button" @click=${() => void teach.removeClips(ids)}>Delete ${ids.length}</button>
          <button type="button" @click=${() => {
            this.selected = new Set();
          }}>Unselect</button>
        </div>
      </div>
    `;
  }

  private row(clip: ClipInfo) {
    const { teach } = this.app;
    const playing = this.teach.playing === clip.id;
    return html`
      <li class=${clip.reviewed ? '' : 'open'}>
        <label class="tick">
          <input type="checkbox" aria-label="Select ${clip.name}" .checked=${live(this.selected.has(clip.id))}
            @change=${(event: Event) => this.select(clip.id, (event.target as HTMLInputElement).checked)} />
        </label>
        <button type="button" class="plain" @click=${() => void teach.play(clip.id)}>
          ${playing ? stopIcon : playIcon}<span class="visually-hidden">${playing ? 'Stop' : 'Play'} ${clip.name}</span>
        </button>
        <div class="words">
          <span class="name">${clip.name}</span>
          <span class="labels">${labelWords(clip, this.names)}</span>
        </div>
        <span class="when numbers">${seconds(clip.sampleCount / clip.sampleRateHz)}<br />${moment(clip.keptAtMs)}</span>
        <button type="button" class="plain" @click=${() => void teach.openClip(clip.id)}>
          ${editIcon}<span class="visually-hidden">Edit ${clip.name}</span>
        </button>
        <button type="button" class="plain" @click=${() => void teach.removeClips([clip.id])}>
          ${deleteIcon}<span class="visually-hidden">Delete ${clip.name}</span>
        </button>
      </li>
    `;
  }

  private list() {
    const { clips } = this.teach;
    if (clips.length === 0) {
      return html`<p class="hint empty">No clips yet. Keep a sound while Earmark listens, or drop audio files, folders or an Earmark zip here.</p>`;
    }
    const pages = Math.max(1, Math.ceil(this.shown.length / PAGE_ROWS));
    const rows = this.shown.slice(this.page * PAGE_ROWS, (this.page + 1) * PAGE_ROWS);
    const all = this.shown.length > 0 && this.shown.every(({ id }) => this.selected.has(id));
    return html`
      ${this.filters()} ${this.bulk()}
      <div class="bar head">
        <label class="all">
          <input type="checkbox" .checked=${live(all)} @change=${(event: Event) => {
            const on = (event.target as HTMLInputElement).checked;
            this.selected = new Set(on ? this.shown.map(({ id }) => id) : []);
          }} />
          Select all
        </label>
        <p class="numbers count" role="status">${this.shown.length} of ${clips.length} clips</p>
      </div>
      ${this.shown.length === 0 ? html`<p class="hint empty">No clip has this name or label.</p>` : nothing}
      <ul class="rows">${rows.map((clip) => this.row(clip))}</ul>
      ${
        pages === 1
          ? nothing
          : html`<nav class="bar" aria-label="Pages of clips">
              <button type="button" ?disabled=${this.page === 0} @click=${() => this.page--}>Newer</button>
              <span class="numbers">Page ${this.page + 1} of ${pages}</span>
              <button type="button" ?disabled=${this.page === pages - 1} @click=${() => this.page++}>Older</button>
            </nav>`
      }
    `;
  }

  protected override render() {
    return html`<h2>Clips</h2>${this.intake()} ${this.list()}`;
  }

  static override styles = [controlStyles, teachStyles, libraryStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-library': EarmarkLibrary;
  }
}
