/** A label's name in a language. Taught sounds keep the name that the person gave them. */
export function labelNameIn(
  names: Readonly<Record<string, string | undefined>>,
  { id, name }: { readonly id: string; readonly name: string },
): string {
  return names[id] ?? name;
}
