import type { GenericSchema } from 'valibot';
import { BadValue, type BadValueReason, validate } from '../shared/lib/validate';

/** What makes a row unusable. */
export interface RowFault {
  /** Which part of it is wrong; empty for the whole row. */
  readonly where: string;
  readonly why: BadValueReason;
}

const LONGEST_NAME = 60;

/** Undefined if the row can be used. */
export function faultOfRow(schema: GenericSchema, row: unknown): RowFault | undefined {
  try {
    validate(schema, row);
    return undefined;
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return { where: error.where, why: error.why };
  }
}

/** What a person may recognise a row by: the first of these fields that holds a text, or else its key. */
export function nameOfRow(row: unknown, key: IDBValidKey, fields: readonly string[]): string {
  const values = (row ?? {}) as Record<string, unknown>;
  const given = fields.map((field) => values[field]).find((text) => typeof text === 'string' && text.trim() !== '');
  return [...String(given ?? key)].slice(0, LONGEST_NAME).join('');
}
