/** A file's name without folders or extension. */
export function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/(.)\.[^.]*$/, '$1');
}
