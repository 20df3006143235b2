/** Long enough for any browser to have begun the download. */
const ADDRESS_LASTS_MS = 60_000;

/** Hands a file to the person, as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LASTS_MS);
}

/** A name as any file system takes it. */
export function fileNameOf(words: string, extension: string): string {
  const safe = words
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${[...safe].slice(0, 60).join('') || 'earmark'}.${extension}`;
}
