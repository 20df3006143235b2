import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type ClipRule, clipRuleLimits } from '../../../shared/contracts/diary/event-rules';
import { controlStyles } from '../../kit/control-styles';
import { dialogStyles } from '../../kit/dialog-styles';
import { formStyles } from '../../kit/form-styles';
import { LocalizedElement } from '../../kit/localized-element';
import { t } from '../../messages/messages';
import { diaryStyles } from '../diary-styles';
import type { FilterLabel } from '../filter/view-filter';
import { numberOptions, ruleDialog, selectField, soundField } from '../rule-dialog';
import { ruleDialogStyles } from '../rule-dialog-styles';
import { type SoundTarget, targetName } from '../sound-target';

/** Fired when a person saves which sound of an event is kept. */
const SAVE_EVENT = 'savecliprule';

export class SaveClipRuleEvent extends Event {
  constructor(
    readonly sound: SoundTarget,
    /** Null: a label of which nothing is kept, whatever its group says. */
    readonly rule: ClipRule | null,
    /** What the sound is called. */
    readonly name: string,
  ) {
    super(SAVE_EVENT);
  }
}

/** What is kept of one label or group. */
export interface ListedRule {
  readonly target: SoundTarget;
  /** Null: nothing, whatever the group's rule says. */
  readonly rule: ClipRule | null;
  readonly name: string;
}

/** Choices, in seconds. */
const befores = [0, 1, 2, 3, 5, 10, 20] as const;
const afters = [0, 1, 2, 3, 5, 10, 20, 30] as const;
const longests = [5, 10, 15, 30, 60] as const;

const usual: ClipRule = { secondsBefore: 2, secondsAfter: 3, longestSeconds: 30, untilEnd: true };

type Mode = 'stretch' | 'until-end' | 'never';
type Fault = 'sound' | 'empty' | 'longest';

/** Sets which part of a sound is kept, in a dialog. */
@customElement('earmark-clip-dialog')
export class EarmarkClipDialog extends LocalizedElement {
  @property({ attribute: false }) labels: readonly FilterLabel[] = [];
  /** Whether a sound has a rule. */
  @property({ attribute: false }) isTaken: (target: SoundTarget) => boolean = () => false;

  @state() private target: SoundTarget | undefined;
  @state() private rule = usual;
  @state() private mode: Mode = 'until-end';
  /** What the dialog was opened for; undefined for a new rule. */
  @state() private edited: ListedRule | undefined;
  @state() private fault: Fault | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;

  /** Opens it for a new rule, or to change one. */
  async open(edited?: ListedRule): Promise<void> {
    const rule = edited ? edited.rule : usual;
    this.target = edited?.target;
    this.edited = edited;
    this.rule = rule ?? usual;
    this.mode = rule === null ? 'never' : rule.untilEnd ? 'until-end' : 'stretch';
    this.fault = undefined;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private get wrong(): Fault | undefined {
    const { secondsBefore, secondsAfter, longestSeconds } = this.rule;
    if (!this.target) return 'sound';
    if (this.mode === 'stretch' && secondsBefore + secondsAfter < clipRuleLimits.longestSeconds.least) return 'empty';
    return this.mode === 'until-end' && longestSeconds <= secondsBefore ? 'longest' : undefined;
  }

  private get chosen(): ClipRule | null {
    if (this.mode === 'never') return null;
    if (this.mode === 'until-end') return { ...this.rule, untilEnd: true };
    const longestSeconds = this.rule.secondsBefore + this.rule.secondsAfter;
    return { ...this.rule, untilEnd: false, longestSeconds };
  }

  private readonly save = (event: Event): void => {
    event.preventDefault();
    this.fault = this.wrong;
    if (this.fault || !this.target) return;
    this.dialog.close();
    const name = targetName(this.target, this.labels, this.edited?.name ?? this.target.id);
    this.dispatchEvent(new SaveClipRuleEvent(this.target, this.chosen, name));
  };

  private select(id: string, name: string, options: unknown, onChange: (value: string) => void) {
    return selectField(id, name, options, (value) => {
      this.fault = undefined;
      onChange(value);
    });
  }

  private seconds(field: 'secondsBefore' | 'secondsAfter' | 'longestSeconds', name: string, values: readonly number[]) {
    const options = numberOptions(values, this.rule[field], (value) => `${value} s`);
    return this.select(field, name, options, (value) => {
      this.rule = { ...this.rule, [field]: Number(value) };
    });
  }

  private lengths() {
    if (this.mode === 'never') return nothing;
    const isUntilEnd = this.mode === 'until-end';
    return html`
      <div class="pair">
        ${this.seconds('secondsBefore', t.diaryClips.before, befores)}
        ${this.seconds('secondsAfter', isUntilEnd ? t.diaryClips.afterEnd : t.diaryClips.afterStart, afters)}
        ${isUntilEnd ? this.seconds('longestSeconds', t.diaryClips.longest, longests) : nothing}
      </div>
    `;
  }

  private sounds() {
    const { labels, target, edited, isTaken } = this;
    return soundField({ labels, chosen: target, edited: edited?.target, isTaken }, (chosen) => {
      this.fault = undefined;
      this.target = chosen;
      if (chosen?.kind === 'group' && this.mode === 'never') this.mode = 'until-end';
    });
  }

  protected override render() {
    const { target, edited, fault } = this;
    const modes: readonly Mode[] =
      target?.kind === 'label' ? ['until-end', 'stretch', 'never'] : ['until-end', 'stretch'];
    const title = edited ? t.diaryClips.edit(targetName(edited.target, this.labels, edited.name)) : t.diaryClips.added;
    const options = modes.map(
      (mode) => html`<option value=${mode} .selected=${mode === this.mode}>${t.diaryClips.modes[mode]}</option>`,
    );
    const mode = this.select('mode', t.diaryClips.mode, options, (value) => {
      this.mode = value as Mode;
    });
    return ruleDialog(
      {
        title,
        fault: fault && t.diaryClips.faults[fault],
        saveName: t.diaryClips.save,
        onSave: this.save,
        onCancel: () => this.dialog.close(),
      },
      html`${this.sounds()} ${mode} ${this.lengths()}`,
    );
  }

  static override styles = [controlStyles, formStyles, diaryStyles, dialogStyles, ruleDialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'earmark-clip-dialog': EarmarkClipDialog;
  }
}
