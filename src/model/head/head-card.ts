import { labelId } from '../../shared/contracts/clip';
import type { Head } from '../../shared/contracts/model/head';
import { headCardSchema, headLabelsSchema } from '../../shared/contracts/model/head-schema';
import type { Label } from '../../shared/contracts/model/label';
import { BadValue, validate } from '../../shared/lib/validate';

/** A head without the parts that have their own files. */
export type HeadCard = Pick<Head, 'id' | 'name' | 'createdAtMs' | 'backbone' | 'proof'>;

/** Checks a card of unknown origin. @throws BadValue naming the field that cannot be used. */
export function parseHeadCard(value: unknown): HeadCard {
  return validate(headCardSchema, value);
}

/**
 * Checks labels of unknown origin: the model's own come first, then the taught ones.
 *
 * @throws BadValue naming the label that cannot be used, or what {@link labelId} throws for a name.
 */
export function parseHeadLabels(value: unknown, shipped: readonly Label[]): Head['labels'] {
  const labels = validate(headLabelsSchema, value);
  for (const [i, { id }] of shipped.entries()) {
    if (labels[i]?.id !== id) throw new BadValue(`${i}.id`, 'other-labels-first', id);
  }
  const taught = labels.slice(shipped.length);
  // A name that a person could not give here must not be imported either.
  for (const label of taught) labelId(label.name);
  if (new Set(labels.map(({ id }) => id)).size < labels.length) throw new BadValue('', 'label-twice');
  return [...shipped, ...taught];
}
