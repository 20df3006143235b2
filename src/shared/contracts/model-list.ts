import { type Language, languages } from './language';

/** A model that this copy of Earmark carries. */
export interface ListedModel {
  /** Its folder below `models/`. */
  readonly name: string;
  /** Size of its weights, which is most of what is fetched. */
  readonly bytes: number;
  /** What it is, in a sentence. */
  readonly summary: Readonly<Record<Language, string>>;
}

/** Checks the list of models (`models/index.json`). @throws TypeError naming what cannot be used. */
export function parseModelList(value: unknown): readonly ListedModel[] {
  if (!Array.isArray(value) || value.length === 0) throw new TypeError('it lists no models');
  for (const { name, bytes, summary } of value as Partial<ListedModel>[]) {
    if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) throw new TypeError('a model has no name');
    if (!Number.isInteger(bytes)) throw new TypeError(`${name} has no size`);
    for (const language of languages) {
      if (typeof summary?.[language] !== 'string') throw new TypeError(`${name} has no summary in “${language}”`);
    }
  }
  return value as readonly ListedModel[];
}
