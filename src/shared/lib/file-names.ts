/** Longest piece of a foreign file's name that goes into a sentence, in characters. */
const LONGEST_QUOTE = 60;

/** A name that a foreign file brought along, as it may stand in a sentence: not too long, and on one line. */
export function quoted(name: string): string {
  const characters = [...name.replace(/[\p{C}\s]+/gu, ' ')];
  const cut = characters.length > LONGEST_QUOTE ? [...characters.slice(0, LONGEST_QUOTE), '…'] : characters;
  return `“${cut.join('')}”`;
}

/** A file's name without folders and extension. */
export function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/(.)\.[^.]*$/, '$1');
}
