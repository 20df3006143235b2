import * as v from 'valibot';
import { finiteNumber } from '../lib/schemas';

const id = /* @__PURE__ */ v.pipe(v.string(), v.minLength(1));

/** What was typed into the editor of a clip and not saved. It outlasts a reload of the page. */
export const unsavedEditSchema = v.object({
  clipId: id,
  name: v.string(),
  labels: v.array(v.object({ id, name: id })),
  reviewed: v.boolean(),
  startSeconds: finiteNumber,
  endSeconds: finiteNumber,
});

/** Ids of the labels that the person gave last, one list for each clip, newest first. */
export const lastLabelsSchema = v.array(v.pipe(v.array(id), v.readonly()));

/** Notes to events that the diary could not write yet, by the event's id. */
export const unsavedNotesSchema = v.record(v.string(), v.string());

/** What sounds were, as far as a person has typed it, by the event's id. */
export const unsavedNamesSchema = v.record(v.string(), v.string());

export type UnsavedEdit = Readonly<v.InferOutput<typeof unsavedEditSchema>>;
export type LastLabels = Readonly<v.InferOutput<typeof lastLabelsSchema>>;
export type UnsavedNotes = Readonly<v.InferOutput<typeof unsavedNotesSchema>>;
export type UnsavedNames = Readonly<v.InferOutput<typeof unsavedNamesSchema>>;
