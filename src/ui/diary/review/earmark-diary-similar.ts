import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AppCommands } from '../../../app/state';
import type { SimilarEvent } from '../../../shared/contracts/diary/diary-query';
import type { SoundEvent, Verdict } from '../../../shared/contracts/sound-event';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { percent } from '../../kit/format';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { addressOf } from '../../kit/tabs';
import { t } from '../../messages/messages';
import { addressIn } from '../diary-place';
import { diaryStyles } from '../diary-styles';
import { eventName, eventTime, homeZone, type LabelNames, longDay, nameOf, verdictWords } from '../diary-words';
import '../event/earmark-event-sound';
import { type SimilarClip, SimilarClips } from './similar-clips';

/** Events that sound like one, best first. They can be judged together. */
@customElement('earmark-diary-similar')
export class EarmarkDiarySimilar extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) event!: SoundEvent;
  @property({ attribute: false }) names: LabelNames = new Map();

  @state() private found: readonly SimilarEvent[] | undefined;
  @state() private clips: readonly SimilarClip[] = [];
  /** Ids of those that were judged together last. */
  @state() private judged: readonly string[] = [];
  private similarClips: SimilarClips | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The diary hands out another object for the same event whenever it changes.
    if (changed.has('event') && changed.get('event')?.id !== this.event.id) void this.find();
  }

  private async find(): Promise<void> {
    const { event } = this;
    this.judged = [];
    this.found = undefined;
    this.similarClips ??= new SimilarClips(this.app.teach);
    const [found, clips] = await Promise.all([
      this.app.diary.similar(event).catch(() => []),
      this.similarClips.to(event).catch(() => []),
    ]);
    if (event.id !== this.event.id) return;
    this.found = found;
    this.clips = clips;
  }

  private async judge(ids: readonly string[], verdict: Verdict | undefined): Promise<void> {
    if (await this.app.diary.judge(ids, verdict)) return;
    await this.find();
    if (verdict) this.judged = ids;
  }

  private row({ event, cosine }: SimilarEvent) {
    const name = eventName(event, this.names);
    return html`
      <li>
        <a href=${addressIn({ page: 'events', event: event.id })}>
          <span class="name">${name}</span>
          <span class="hint numbers">${longDay(event.startMs, event.timeZone)}, ${eventTime(event, homeZone())}</span>
          <span class="hint numbers">${t.diaryReview.cosine(percent(Math.max(0, cosine)))} · ${verdictWords(event.verdict)}</span>
        </a>
        <earmark-event-sound small .eventId=${event.id} .name=${name}></earmark-event-sound>
      </li>
    `;
  }

  protected override render() {
    const { found } = this;
    if (!found) return html`<p class="hint" role="status">${t.diary.readLater}</p>`;
    if (found.length + this.clips.length === 0) return html`<p class="hint">${t.diaryReview.noSimilar}</p>`;
    return html`${found.length === 0 ? nothing : this.events(found)} ${this.clips.length === 0 ? nothing : this.taught()}`;
  }

  private taught() {
    const labelOf = (id: string): string => nameOf(id, id, this.names);
    return html`
      <h4>${t.diaryReview.similarClips}</h4>
      <ul>${this.clips.map(
        ({ clip, cosine }) => html`
          <li>
            <a href=${addressOf('teach')}>
              <span class="name">${t.clipName(clip)}</span>
              <span class="hint">${clip.labels.map(labelOf).join(', ')}</span>
              <span class="hint numbers">${t.diaryReview.cosine(percent(Math.max(0, cosine)))}</span>
            </a>
          </li>
        `,
      )}</ul>
    `;
  }

  private answers(open: readonly SimilarEvent[], areAll: boolean) {
    const ids = open.map(({ event }) => event.id);
    const say = (answer: 'right' | 'wrong') => () => void this.judge(ids, { answer });
    return html`
      <div class="bar">
        <button type="button" @click=${say('right')}>${t.diaryReview.allRight(open.length, areAll)}</button>
        <button type="button" @click=${say('wrong')}>${t.diaryReview.allWrong(open.length, areAll)}</button>
      </div>
    `;
  }

  private undo() {
    const { judged } = this;
    return html`
      <div class="bar">
        <p role="status">${t.diaryImport.written(judged.length, judged.length)}</p>
        <button type="button" @click=${() => void this.judge(judged, undefined)}>${t.diaryImport.undo}</button>
      </div>
    `;
  }

  private events(found: readonly SimilarEvent[]) {
    // What a person said of one event is not replaced by what they say of many.
    const open = found.filter(({ event }) => event.verdict === undefined);
    return html`
      ${this.judged.length === 0 ? nothing : this.undo()}
      ${open.length === 0 ? nothing : this.answers(open, open.length === found.length)}
      <ul>${found.map((similar) => this.row(similar))}</ul>
    `;
  }

  static override styles = [
    controlStyles,
    formStyles,
    diaryStyles,
    css`
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: 3.5rem;
        border-block-start: 1px solid var(--line);
      }

      a {
        flex: 1;
        display: grid;
        min-inline-size: 0;
        min-block-size: var(--target);
        padding-block: var(--space-1);
        color: inherit;
        line-height: 1.35;
        text-decoration: none;
      }

      a:hover .name {
        text-decoration: underline;
      }

      h4 {
        margin-block: var(--space-3) var(--space-1);
      }

      .name {
        font-weight: 600;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-similar': EarmarkDiarySimilar;
  }
}
