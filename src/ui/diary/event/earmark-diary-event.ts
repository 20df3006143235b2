import { consume } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import type { Problem } from '../../../shared/contracts/messages/problem';
import type { SoundEvent } from '../../../shared/contracts/sound-event';
import { controlStyles } from '../../kit/control-styles';
import { dialogStyles } from '../../kit/dialog-styles';
import { formStyles } from '../../kit/form-styles';
import { decibels, percent } from '../../kit/format';
import { closeIcon } from '../../kit/icons';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { eventLength, eventName, eventTime, homeZone, type LabelNames, longDay, nameOf } from '../diary-words';
import './earmark-event-sound';
import '../../kit/verdict/earmark-verdict';
import type { KnownLabel, TypedName, TypeNameEvent, VerdictEvent } from '../../kit/verdict/earmark-verdict';
import { LatestAnswer } from '../latest-answer';
import { typedNameOf } from '../typed-name';
import { eventStyles } from './event-styles';

/** Fired when the dialog was closed. */
const CLOSE_EVENT = 'closeevent';

/** A note is saved when its typing rests for this long. */
const TYPING_REST_MS = 1000;

/** One event in a dialog: everything known about it, its sound, and what a person says of it. */
@customElement('earmark-diary-event')
export class EarmarkDiaryEvent extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  /** Undefined: closed. */
  @property({ attribute: false }) eventId: string | undefined;
  /** Grows when the diary changed: the event is read again. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) names: LabelNames = new Map();
  @property({ attribute: false }) known: readonly KnownLabel[] = [];

  /** Undefined while it is read, null if there is none. */
  @state() private event: SoundEvent | null | undefined;
  @state() private asksToRemove = false;
  /** Why the last change failed. The notices behind the dialog tell it as well, but cannot be seen. */
  @state() private problem: Problem | undefined;
  /** Why the note could not be saved. */
  @state() private noteProblem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  /** The dialog was closed from here. Its event comes later, when the address may name an event again already. */
  private isClosing = false;

  private readonly typedName = new LatestAnswer<TypedName | undefined>(this);
  /** Notes that were typed, by event, until they are saved and their event is closed. */
  private readonly typedNotes = new Map<string, string>();
  private typingRest: ReturnType<typeof setTimeout> | undefined;

  private readonly saveOpenNote = (): void => {
    if (this.eventId !== undefined) void this.saveNote(this.eventId);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.saveOpenNote);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.saveOpenNote);
    this.saveOpenNote();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('eventId')) {
      const before = changed.get('eventId');
      // However the dialog was left.
      if (before !== undefined) void this.saveNote(before);
      this.event = undefined;
      this.asksToRemove = false;
      this.problem = undefined;
      this.noteProblem = undefined;
    }
    const { eventId: id } = this;
    // Also asked while it is closed, and so anew for an event that is opened again.
    this.typedName.ask([id], () => typedNameOf(this.app.diary, id));
    if ((changed.has('eventId') || changed.has('revision')) && this.eventId !== undefined) void this.read(this.eventId);
  }

  private async read(id: string): Promise<void> {
    const event = await this.app.diary.event(id).catch(() => undefined);
    if (id !== this.eventId) return;
    this.event = event ?? null;
  }

  protected override updated(): void {
    const isOpen = this.eventId !== undefined && this.event !== undefined;
    if (isOpen && !this.dialog.open) this.dialog.showModal();
    if (isOpen || !this.dialog.open) return;
    this.isClosing = true;
    this.dialog.close();
  }

  private close(): void {
    this.dispatchEvent(new Event(CLOSE_EVENT));
  }

  private onClosed(): void {
    if (!this.isClosing) this.close();
    this.isClosing = false;
  }

  private facts(event: SoundEvent) {
    const { source, model, peakProbability, meanProbability, threshold, peakLevelDb, timeZone, startMs } = event;
    const microphone = source.kind === 'demo' ? t.diaryEvent.demo : source.name || t.diaryEvent.unnamed;
    const fact = (name: string, value: string) => html`<div><dt>${name}</dt><dd class="numbers">${value}</dd></div>`;
    return html`
      <dl>
        ${fact(t.diaryEvent.when, `${longDay(startMs, timeZone)}, ${eventTime(event, homeZone())}`)}
        ${fact(t.diaryEvent.length, eventLength(event))}
        ${fact(t.diaryEvent.strength, t.diaryEvent.strengthFacts(percent(peakProbability), percent(meanProbability)))}
        ${fact(t.diaryEvent.threshold, percent(threshold))} ${fact(t.diaryEvent.level, decibels(peakLevelDb))}
        ${fact(t.diaryEvent.microphone, microphone)} ${fact(t.diaryEvent.model, model)}
      </dl>
      ${event.continues === undefined ? nothing : html`<p class="hint">${t.diaryEvent.goesOn}</p>`}
    `;
  }

  private noteField({ id, note = '' }: SoundEvent) {
    const { noteProblem } = this;
    return html`
      <div class="field">
        <label for="note">${t.diaryEvent.note}</label>
        <input id="note" type="text" maxlength="500" autocomplete="off" aria-describedby="note-saved"
          .value=${this.typedNotes.get(id) ?? note} @input=${(typed: Event) => this.typeNote(id, typed)} />
        ${
          noteProblem
            ? html`<p class="problem" id="note-saved" role="alert">${t.problemText(noteProblem)}</p>`
            : html`<p class="hint" id="note-saved">${t.diaryEvent.noteSaved}</p>`
        }
      </div>
    `;
  }

  private typeNote(id: string, typed: Event): void {
    this.typedNotes.set(id, (typed.target as HTMLInputElement).value);
    clearTimeout(this.typingRest);
    this.typingRest = setTimeout(() => void this.saveNote(id), TYPING_REST_MS);
  }

  /** Saves what was typed about an event, if anything was. */
  private async saveNote(id: string): Promise<void> {
    clearTimeout(this.typingRest);
    const typed = this.typedNotes.get(id);
    if (typed === undefined) return;
    const isSaved = this.event?.id === id && (this.event.note ?? '') === typed.trim();
    const problem = isSaved ? undefined : await this.app.diary.annotate(id, typed);
    // The field shows it as it was typed, and more may have been typed meanwhile.
    if (id === this.eventId) this.noteProblem = problem;
    else if (!problem && this.typedNotes.get(id) === typed) this.typedNotes.delete(id);
  }

  private async change(changing: Promise<Problem | undefined>): Promise<void> {
    this.problem = await changing;
    await this.updateComplete;
    // The dialog can be longer than the window.
    this.shadowRoot?.querySelector('.problem')?.scrollIntoView({ block: 'nearest' });
  }

  private async deleteEvent(event: SoundEvent): Promise<void> {
    await this.change(this.app.diary.remove([event.id]));
    if (this.problem) return;
    this.typedNotes.delete(event.id);
    this.close();
  }

  private removal(event: SoundEvent) {
    if (!this.asksToRemove) {
      return html`<button type="button" @click=${() => {
        this.asksToRemove = true;
      }}>${t.diaryEvent.remove}</button>`;
    }
    return html`
      <button type="button" class="primary" @click=${() => void this.deleteEvent(event)}>${t.diaryEvent.reallyRemove}</button>
      <button type="button" @click=${() => {
        this.asksToRemove = false;
      }}>${t.diaryEvent.keepIt}</button>
    `;
  }

  private content(event: SoundEvent) {
    const name = eventName(event, this.names);
    const typed = this.typedName.value;
    const typedNow = typed?.id === event.id ? typed : undefined;
    return html`
      <div class="sound">
        ${
          event.clip === undefined
            ? html`<p class="hint">${t.diaryEvent.noSound}</p>`
            : html`<earmark-event-sound .eventId=${event.id} .name=${name}></earmark-event-sound>`
        }
      </div>
      ${
        event.verdict?.answer === 'other'
          ? html`<p class="hint">${t.diaryEvent.heardAs(nameOf(event.label, event.labelName, this.names))}</p>`
          : nothing
      }
      <div class="field">
        <span class="caption">${t.diaryEvent.isRight}</span>
        <earmark-verdict .verdict=${event.verdict} .known=${this.known} .typed=${typedNow}
          @typename=${({ name }: TypeNameEvent) => void this.app.diary.keepTypedName(event.id, name)}
          @verdict=${({ verdict }: VerdictEvent) => void this.change(this.app.diary.judge([event.id], verdict))}></earmark-verdict>
      </div>
      ${this.noteField(event)} ${this.facts(event)}
      <div class="bar">${this.removal(event)}</div>
      ${this.problem ? html`<p class="problem" role="alert">${t.problemText(this.problem)}</p>` : nothing}
    `;
  }

  protected override render() {
    const { event } = this;
    const name = event ? eventName(event, this.names) : t.diaryEvent.gone;
    return html`
      <dialog aria-labelledby="title" closedby="any" @close=${this.onClosed}>
        <div class="heading">
          <h2 id="title">${name}</h2>
          <button type="button" class="plain" @click=${this.close}>
            ${closeIcon}<span class="word">${t.diaryEvent.close}</span>
          </button>
        </div>
        ${event ? this.content(event) : nothing}
      </dialog>
    `;
  }

  static override styles = [controlStyles, formStyles, dialogStyles, eventStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-event': EarmarkDiaryEvent;
  }
}
