import * as v from 'valibot';
import { BadValue, validate } from '../../lib/validate';

/** Groups in which labels are shown, in this order. A model need not have labels in all of them. */
export const labelGroups = [
  'animals',
  'nature',
  'people',
  'home',
  'alarms',
  'vehicles',
  'tools',
  'city',
  'instruments',
  'speech-and-music',
] as const;

export type LabelGroup = (typeof labelGroups)[number];

const labelSchema = v.object({
  /** Stable id, as in clip lists: `crying_baby`. */
  id: v.string(),
  /** The name people read: “Crying baby”. */
  name: v.string(),
  group: v.picklist(labelGroups),
  /** Ids of the AudioSet classes that mean this label: `/m/0bt9lr`. */
  audioSet: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^\/[mgt]\/\w+$/))), v.minLength(1))),
  /** Ids of the labels right above it: whatever is this sound is also that one. A barking dog is a dog. */
  parents: v.exactOptional(v.pipe(v.array(v.string()), v.minLength(1))),
});

/** One sound that a model can recognise. */
export type Label = Readonly<v.InferOutput<typeof labelSchema>>;

/** A label's place in the hierarchy. */
export type LabelNode = Pick<Label, 'id' | 'parents'>;

const labelsSchema = v.pipe(v.array(labelSchema), v.minLength(1));

/** Checks a model's labels. @throws BadValue naming what cannot be used. */
export function parseLabels(value: unknown): Label[] {
  const labels = validate(labelsSchema, value);
  const ids = new Set(labels.map(({ id }) => id));
  for (const [place, { parents = [] }] of labels.entries()) {
    const stranger = parents.findIndex((parent) => !ids.has(parent));
    if (stranger >= 0) throw new BadValue(`${place}.parents.${stranger}`, 'no-such-label');
  }
  const above = labelsAbove(labels);
  const circular = labels.findIndex(({ id }) => above.get(id)?.has(id));
  if (circular >= 0) throw new BadValue(`${circular}.parents`, 'own-parent');
  return labels;
}

/** For each label, the ids of all labels above it: its parents, their parents, and so on. */
export function labelsAbove(labels: readonly LabelNode[]): ReadonlyMap<string, ReadonlySet<string>> {
  const parentsOf = new Map(labels.map(({ id, parents = [] }) => [id, parents]));
  return new Map(
    labels.map(({ id }) => {
      const above = new Set(parentsOf.get(id));
      // A set visits what is added while it is read.
      for (const parent of above) for (const next of parentsOf.get(parent) ?? []) above.add(next);
      return [id, above];
    }),
  );
}
