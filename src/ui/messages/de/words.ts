import { pluralOf } from '../plural';
import { shortName } from '../texts';

/** A count, with digit groups of three if it is long. */
export const grouped = (count: number): string =>
  count < 10_000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, '.');

/** “2”, “0,5”. */
export const oneDecimal = (value: number): string => String(Number(value.toFixed(1))).replace('.', ',');

export const plural = pluralOf('de');

/** „1 Clip“, „7 Clips“. */
export const clips = (count: number): string =>
  plural(count, { one: `${count} Clip`, other: `${grouped(count)} Clips` });

/** A name given by somebody, in quotation marks. */
export const quoted = (name: string): string => `„${shortName(name)}“`;

/** „A“, „A und B“, „A, B und C“. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`;
