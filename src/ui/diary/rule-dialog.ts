import { html, nothing } from 'lit';
import { t } from '../messages/messages';
import type { FilterLabel } from './filter/view-filter';
import { optionOf, type SoundTarget, targetOf, targetOptions } from './sound-target';

/** What the dialogs share in which a rule for a sound is set. */
export interface RuleDialogParts {
  readonly title: string;
  /** What is wrong with what was entered; undefined: nothing. */
  readonly fault: string | undefined;
  /** What the button says that saves. */
  readonly saveName: string;
  onSave(event: Event): void;
  onCancel(): void;
}

/** A dialog in which a rule is set. A press beside it does not close it: what was chosen would be lost. @param fields of its form. */
export function ruleDialog({ title, fault, saveName, onSave, onCancel }: RuleDialogParts, fields: unknown) {
  return html`
    <dialog aria-labelledby="title">
      <form novalidate @submit=${onSave}>
        <h2 id="title">${title}</h2>
        ${fields}
        ${fault === undefined ? nothing : html`<p role="alert">${fault}</p>`}
        <div class="bar">
          <button type="submit" class="primary">${saveName}</button>
          <button type="button" @click=${onCancel}>${t.diaryAlerts.cancel}</button>
        </div>
      </form>
    </dialog>
  `;
}

/** A choice, with its name above it. */
export function selectField(id: string, name: string, options: unknown, onChange: (value: string) => void) {
  return html`
    <div class="field">
      <label for=${id}>${name}</label>
      <select id=${id} @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}>${options}</select>
    </div>
  `;
}

/** Numbers as options. The chosen one is among them: rules may come from a backup with other values. */
export function numberOptions(values: readonly number[], chosen: number, words: (value: number) => string) {
  const all = [...new Set([...values, chosen])].sort((a, b) => a - b);
  return all.map((value) => html`<option value=${value} .selected=${value === chosen}>${words(value)}</option>`);
}

/** What sounds a rule can be for. */
export interface SoundChoice {
  readonly labels: readonly FilterLabel[];
  readonly chosen: SoundTarget | undefined;
  /** What the rule was for so far; undefined for a new one. */
  readonly edited: SoundTarget | undefined;
  /** Whether a sound has a rule. */
  isTaken(target: SoundTarget): boolean;
}

/** The choice of the sound that a rule is for. */
export function soundField(
  { labels, chosen, edited, isTaken }: SoundChoice,
  onChange: (target: SoundTarget | undefined) => void,
) {
  const isOther = (target: SoundTarget) => isTaken(target) && !(edited && optionOf(target) === optionOf(edited));
  const options = html`
    <option value="" .selected=${chosen === undefined}>${t.diaryAlerts.choose}</option>
    ${targetOptions(labels, chosen, isOther)}
  `;
  return selectField('sound', t.diaryAlerts.sound, options, (value) => onChange(targetOf(value)));
}
