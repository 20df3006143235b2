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
