/** A message: a code with parameters. */
interface Told {
  readonly code: string;
}

/** A text for every code. A missing text, or one that uses a missing parameter, does not compile. */
export type TextsOf<Union extends Told> = {
  readonly [Code in Union['code']]: string | ((told: Extract<Union, { readonly code: Code }>) => string);
};

/** Words a message. */
export function say<Union extends Told>(texts: TextsOf<Union>, told: Union): string {
  const text = texts[told.code as Union['code']] as string | ((told: Union) => string);
  return typeof text === 'string' ? text : text(told);
}

/** Maximum length of a foreign name in a sentence, in characters. */
const LONGEST_NAME = 60;

/** A name from a file, made fit for a sentence: not too long, and on one line. */
export function shortName(name: string): string {
  const characters = [...name.replace(/[\p{C}\s]+/gu, ' ')];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : characters.join('');
}

/** Details of a fault in brackets, for bug reports; empty if there are none. */
export function inBrackets(detail: string): string {
  return detail === '' ? '' : ` (${detail})`;
}

/** “2 h 59 min”, or “11 min”: rounded up. */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A number that a schema expects, and how the value should relate to it: `>=1`, `<=20`, `52`. */
export function limitOf(
  expected: string,
): { readonly relation: '>=' | '>' | '<=' | '<' | ''; readonly number: number } | undefined {
  const { relation, number } = /^(?<relation>[<>]?=?)(?<number>-?[\d.]+)$/.exec(expected)?.groups ?? {};
  if (relation === undefined || relation === '=') return undefined;
  return { relation: relation as '', number: Number(number) };
}
