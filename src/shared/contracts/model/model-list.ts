import * as v from 'valibot';
import { count } from '../../lib/schemas';
import { validate } from '../../lib/validate';
import { languages } from '../messages/language';

const listedModelSchema = v.object({
  /** Its folder below `models/`. */
  name: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  /** Size of its weights, which is most of what is fetched. */
  bytes: count,
  /** What it is, in a sentence. */
  summary: v.object(v.entriesFromList(languages, v.string())),
});

/** A model that this copy of Earmark carries. */
export type ListedModel = Readonly<v.InferOutput<typeof listedModelSchema>>;

const modelListSchema = v.pipe(v.array(listedModelSchema), v.minLength(1));

/** Checks the list of models (`models/index.json`). @throws BadValue naming what cannot be used. */
export function parseModelList(value: unknown): readonly ListedModel[] {
  return validate(modelListSchema, value);
}
