import { consume } from '@lit/context';
import { html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { DiaryClipFigures } from '../../../app/diary/diary-state';
import type { AppCommands, AppState } from '../../../app/state';
import type { TeachState } from '../../../app/teach/teach-state';
import type { DiarySettings } from '../../../shared/contracts/diary/diary-settings';
import type { ClipRule } from '../../../shared/contracts/diary/event-rules';
import { controlStyles } from '../../kit/control-styles';
import { formStyles } from '../../kit/form-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { appContext } from '../../kit/state/app-context';
import { t } from '../../messages/messages';
import { chosenLength } from '../alerts/alert-words';
import { withRule } from '../diary-rules';
import { diaryStyles } from '../diary-styles';
import type { FilterLabel } from '../filter/view-filter';
import { ruleDialogStyles } from '../rule-dialog-styles';
import { hearableLabels, type SoundTarget, targetName } from '../sound-target';
import './earmark-clip-dialog';
import type { EarmarkClipDialog, ListedRule, SaveClipRuleEvent } from './earmark-clip-dialog';
import './earmark-clip-limits';

/** The kept sounds of events: of which sounds, how much of them, and in how much room. */
@customElement('earmark-diary-clips')
export class EarmarkDiaryClips extends LocalizedElement {
  @consume({ context: appContext }) private app!: AppCommands;
  @property({ attribute: false }) appState!: AppState;
  @property({ attribute: false }) teach!: TeachState;
  @property({ attribute: false }) figures!: DiaryClipFigures;

  /** What was done last, for people who cannot see the list. */
  @state() private done = '';
  /** What the dialog was opened for. */
  private edited: SoundTarget | undefined;
  private labels: readonly FilterLabel[] = [];
  @query('earmark-clip-dialog') private dialog!: EarmarkClipDialog;
  @query('.add') private addButton!: HTMLButtonElement;

  protected override willUpdate(): void {
    this.labels = hearableLabels(this.appState, this.teach);
  }

  private get diary(): DiarySettings {
    return this.appState.settings.diary;
  }

  private get listed(): ListedRule[] {
    const { labels, groupClips } = this.diary.rules;
    const ofLabels = Object.entries(labels).flatMap(([id, { clip, name }]) => {
      const target = { kind: 'label', id } as const;
      const before = name ?? id.replaceAll('_', ' ');
      return clip === undefined ? [] : [{ target, rule: clip, name: targetName(target, this.labels, before) }];
    });
    const ofGroups = Object.entries(groupClips).map(([id, rule]) => {
      const target = { kind: 'group', id } as const;
      return { target, rule, name: targetName(target, this.labels, id) };
    });
    return [...ofLabels, ...ofGroups];
  }

  private use(diary: DiarySettings, done: string): void {
    void this.app.changeSettings({ diary });
    this.done = done;
  }

  private save({ sound, rule, name }: SaveClipRuleEvent): void {
    const others = this.edited ? without(this.diary, this.edited) : this.diary;
    this.use(withClipRule(others, sound, rule, name), t.diaryClips.saved(name));
  }

  private edit(listed?: ListedRule): void {
    this.edited = listed?.target;
    void this.dialog.open(listed);
  }

  /** The pressed button disappears with its rule, so the focus moves to the one that is always there. */
  private removeRule({ target, name }: ListedRule): void {
    this.addButton.focus({ preventScroll: true });
    this.use(without(this.diary, target), t.diaryClips.removed(name));
  }

  private row(listed: ListedRule) {
    const { rule, name } = listed;
    return html`
      <li>
        <div>
          <h3>${name}</h3>
          <p class="hint numbers">${clipWords(rule)}</p>
        </div>
        <div class="bar">
          <button type="button" aria-label=${t.diaryClips.changeOf(name)} @click=${() => this.edit(listed)}>${t.diaryAlerts.change}</button>
          <button type="button" aria-label=${t.diaryClips.removeOf(name)} @click=${() => this.removeRule(listed)}>${t.diaryAlerts.remove}</button>
        </div>
      </li>
    `;
  }

  protected override render() {
    const { listed } = this;
    const isTaken = (target: SoundTarget) =>
      listed.some((other) => other.target.kind === target.kind && other.target.id === target.id);
    return html`
      <p class="hint">${t.diaryClips.what}</p>
      <div class="bar">
        <button type="button" class="add primary" @click=${() => this.edit()}>${t.diaryClips.add}</button>
        <p class="visually-hidden" role="status">${this.done}</p>
      </div>
      ${
        listed.length === 0
          ? html`<p>${t.diaryClips.none}</p>`
          : html`<ul class="rules" aria-label=${t.diaryClips.list}>${listed.map((rule) => this.row(rule))}</ul>`
      }
      <earmark-clip-limits .diary=${this.diary} .figures=${this.figures}></earmark-clip-limits>
      <earmark-clip-dialog .labels=${this.labels} .isTaken=${isTaken} @savecliprule=${this.save}></earmark-clip-dialog>
    `;
  }

  static override styles = [controlStyles, formStyles, diaryStyles, ruleDialogStyles];
}

/** A rule in words. */
function clipWords(rule: ClipRule | null): string {
  if (!rule) return t.diaryClips.never;
  const { secondsBefore, secondsAfter, longestSeconds, untilEnd } = rule;
  const [before, after] = [chosenLength(secondsBefore), chosenLength(secondsAfter)];
  return untilEnd
    ? t.diaryClips.untilEnd(before, after, chosenLength(longestSeconds))
    : t.diaryClips.stretch(before, after);
}

function without(diary: DiarySettings, { kind, id }: SoundTarget): DiarySettings {
  if (kind === 'label') return withRule(diary, id, { clip: undefined, name: undefined });
  const { [id]: _, ...groupClips } = diary.rules.groupClips;
  return { ...diary, rules: { ...diary.rules, groupClips } };
}

function withClipRule(
  diary: DiarySettings,
  { kind, id }: SoundTarget,
  rule: ClipRule | null,
  name: string,
): DiarySettings {
  if (kind === 'label') return withRule(diary, id, { clip: rule, name });
  if (!rule) return without(diary, { kind, id });
  return { ...diary, rules: { ...diary.rules, groupClips: { ...diary.rules.groupClips, [id]: rule } } };
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-diary-clips': EarmarkDiaryClips;
  }
}
