import * as v from 'valibot';
import { validate } from '../../lib/validate';

/** Groups in which labels are shown. */
export const labelGroups = ['animals', 'nature', 'people', 'home', 'city', 'speech-and-music'] as const;

export type LabelGroup = (typeof labelGroups)[number];

const labelSchema = v.object({
  /** Stable id, as in clip lists: `crying_baby`. */
  id: v.string(),
  /** The name people read: “Crying baby”. */
  name: v.string(),
  group: v.picklist(labelGroups),
});

/** One sound that a model can recognise. */
export type Label = Readonly<v.InferOutput<typeof labelSchema>>;

const labelsSchema = v.pipe(v.array(labelSchema), v.minLength(1));

/** Checks a model's labels. @throws BadValue naming what cannot be used. */
export function parseLabels(value: unknown): Label[] {
  return validate(labelsSchema, value);
}
