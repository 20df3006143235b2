/** English sentences and what they are in another language; both may have holes: `“{name}” was deleted.` */
export type Sentences = Readonly<Record<string, string>>;

const hole = /\{(\w+)\}/g;

interface Pattern {
  readonly english: RegExp;
  readonly translation: string;
}

/**
 * A translator of English sentences that were made elsewhere.
 *
 * What stands in a hole is taken over. A hole whose name ends in `Phrase` holds a phrase that is looked up in its turn,
 * and one that ends in `List` several of them, with `, ` between.
 *
 * @returns a function that gives undefined for a sentence that it does not know.
 */
export function translator(sentences: Sentences): (english: string) => string | undefined {
  const patterns = Object.entries(sentences).map(([english, translation]) => ({
    english: asPattern(english),
    translation,
  }));
  const translate = (english: string): string | undefined => {
    for (const pattern of patterns) {
      const groups = pattern.english.exec(english)?.groups;
      if (pattern.english.test(english)) return fill(pattern, groups ?? {});
    }
    return undefined;
  };
  const fill = ({ translation }: Pattern, values: Readonly<Record<string, string>>): string =>
    translation.replace(hole, (_, name: string) => {
      const value = values[name] ?? '';
      if (name.endsWith('List')) return value.split(', ').map(known).join(', ');
      return name.endsWith('Phrase') ? known(value) : value;
    });
  const known = (phrase: string): string => translate(phrase) ?? phrase;
  return translate;
}

function asPattern(english: string): RegExp {
  const escaped = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(hole, '(?<$1>.+?)')}$`, 's');
}
