import { t } from './messages';

/** Shorter parts of words occur in too many synonyms. */
const SHORTEST_SYNONYM = 3;

/** Whether a label's name contains the typed text. */
export function isNamed({ name }: { readonly name: string }, typed: string): boolean {
  return name.toLowerCase().includes(typed.trim().toLowerCase());
}

/** Whether a label's name contains the typed text, or a word of a synonym starts with it. */
export function goesBy(label: { readonly id: string; readonly name: string }, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  if (isNamed(label, text)) return true;
  return text.length >= SHORTEST_SYNONYM && !!t.synonyms[label.id]?.some((word) => ` ${word}`.includes(` ${text}`));
}
