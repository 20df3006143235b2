import { pluralOf } from '../plural';
import { shortName } from '../texts';

/** A count, with digit groups of three if it is long. */
export const grouped = (count: number): string =>
  count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** “2”, “0.5”. */
export const oneDecimal = (value: number): string => String(Number(value.toFixed(1)));

export const plural = pluralOf('en');

/** “1 clip”, “7 clips”. */
export const clips = (count: number): string =>
  plural(count, { one: `${count} clip`, other: `${grouped(count)} clips` });

/** A name given by somebody, in quotation marks. */
export const quoted = (name: string): string => `“${shortName(name)}”`;

/** “A”, “A and B”, “A, B and C”. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
