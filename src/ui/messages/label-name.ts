type LabelNames = Readonly<Record<string, string | undefined>>;

/**
 * A label's name in a language. A person's own sounds keep the name that they were given, even if Earmark has a word for
 * them: only a name that is Earmark's own, in any language, is replaced.
 *
 * @param names by id. @param ofAllLanguages Earmark's names, a table a language.
 */
export function labelNameIn(
  names: LabelNames,
  ofAllLanguages: readonly LabelNames[],
  { id, name }: { readonly id: string; readonly name: string },
): string {
  return ofAllLanguages.some((known) => known[id] === name) ? (names[id] ?? name) : name;
}
