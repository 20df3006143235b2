/** A file's name without folders. */
export function lastPart(path: string): string {
  return path.replace(/^.*\//, '');
}

/** A file's name without folders or extension. */
export function baseName(path: string): string {
  return lastPart(path).replace(/(.)\.[^.]*$/, '$1');
}
