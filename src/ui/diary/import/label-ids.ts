import type { LabelIds } from '../../../events/verdicts/match-verdicts';
import { labelId } from '../../../shared/contracts/clip';
import { isLabelName, labelIdOf } from '../../messages/label-ids';

/** A label under its name in the page's language. */
interface NamedLabel {
  readonly id: string;
  readonly name: string;
}

/**
 * Finds labels by how tables write them: by id, by name in any language of the page, and by the name under which they were
 * heard, whatever the case. A name that nobody knows becomes a label of its own, if it has letters or digits.
 */
export function labelIdsOf(known: readonly NamedLabel[], heardAs: readonly NamedLabel[]): LabelIds {
  const ids = new Map<string, string>();
  for (const { id, name } of [...known, ...heardAs]) {
    for (const text of [id, name]) if (!ids.has(plain(text))) ids.set(plain(text), id);
  }
  return (text) => ids.get(plain(text)) ?? (isLabelName(text) ? labelIdOf(text) : newId(text));
}

function newId(text: string): string | undefined {
  try {
    return labelId(text);
  } catch {
    return undefined;
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
