import * as v from 'valibot';
import { count } from '../../lib/schemas';
import { validate } from '../../lib/validate';
import { languages } from '../messages/language';

const listedModelSchema = v.object({
  /** Its folder in `models/`. */
  name: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  /** Size of its weights, which make up most of the download. */
  bytes: count,
  /** A one-sentence description. */
  summary: v.object(v.entriesFromList(languages, v.string())),
});

/** A model that ships with this copy of Earmark. */
export type ListedModel = Readonly<v.InferOutput<typeof listedModelSchema>>;

const modelListSchema = v.pipe(v.array(listedModelSchema), v.minLength(1));

/** Checks the list of models (`models/index.json`). @throws BadValue naming what cannot be used. */
export function parseModelList(value: unknown): readonly ListedModel[] {
  return validate(modelListSchema, value);
}
