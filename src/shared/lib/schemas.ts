import {
  array,
  finite,
  type GenericSchema,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  pipe,
} from 'valibot';

/** Any number except infinities. */
export const finiteNumber = /* @__PURE__ */ pipe(number(), finite());

/** The last moment that a JavaScript date can be, in milliseconds; the first is as far before 1970. */
export const LAST_DATE_MS = 8.64e15;

/** A moment in milliseconds since the epoch. */
export const timeMs = /* @__PURE__ */ pipe(finiteNumber, minValue(-LAST_DATE_MS), maxValue(LAST_DATE_MS));

/** From 0 to 1. */
export const share = /* @__PURE__ */ pipe(number(), minValue(0), maxValue(1));

/** A whole number, 0 or more. */
export const count = /* @__PURE__ */ pipe(number(), integer(), minValue(0));

/** A list with a minimum and a maximum length. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf<Item extends GenericSchema>(item: Item, most: number, least = 0) {
  return pipe(array(item), minLength(least), maxLength(most));
}

/** A number within limits. */
/* @__NO_SIDE_EFFECTS__ */
export function within({ least, most }: { readonly least: number; readonly most: number }) {
  return pipe(number(), minValue(least), maxValue(most));
}
