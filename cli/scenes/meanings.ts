import { type Label, labelsAbove, parseLabels } from '../../src/shared/contracts/model/label';
import { readJson } from '../read-json';
import type { SceneEvent } from './scene-set';

const candidates = 'training/lists/candidate-labels.json';

/** What a label has to do with a sound. */
export interface Meaning {
  /** Labels that sound when it does: those of its name, and all above them. */
  readonly certain: ReadonlySet<string>;
  /** Labels that may sound: those below, because its name says too little. */
  readonly unknown: ReadonlySet<string>;
}

export type Meanings = (event: Pick<SceneEvent, 'sound' | 'audioSet'>) => Meaning;

/** The labels of a model with their classes and parents, which a model made before labels had these lacks. */
export async function describedLabels(labels: readonly Label[]): Promise<Label[]> {
  if (labels.some(({ audioSet }) => audioSet !== undefined)) return [...labels];
  const known = new Map(parseLabels(await readJson(candidates)).map((label) => [label.id, label]));
  const ids = new Set(labels.map(({ id }) => id));
  return labels.map((label) => {
    const { audioSet, parents = [] } = known.get(label.id) ?? {};
    const kept = parents.filter((parent) => ids.has(parent));
    return { ...label, ...(audioSet && { audioSet }), ...(kept.length > 0 && { parents: kept }) };
  });
}

/** What sounds mean for a model with these labels. */
export function meaningsOf(labels: readonly Label[]): Meanings {
  const above = labelsAbove(labels);
  const labelOf = new Map(labels.flatMap(({ id, audioSet = [] }) => [id, ...audioSet].map((name) => [name, id])));
  const belowOf = (id: string): string[] => labels.flatMap((label) => (above.get(label.id)?.has(id) ? [label.id] : []));
  return ({ sound, audioSet }) => {
    // A name that is no class may be a label all the same: “Monkey” means monkey.
    const own = labelOf.get(audioSet) ?? labelOf.get(sound) ?? labelOf.get(sound.toLowerCase().replaceAll(' ', '_'));
    if (own === undefined) return { certain: new Set(), unknown: new Set() };
    return { certain: new Set([own, ...(above.get(own) ?? [])]), unknown: new Set(belowOf(own)) };
  };
}
