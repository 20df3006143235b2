/** Long enough for any browser to start the download. */
const ADDRESS_LASTS_MS = 60_000;

/** Offers a file to the person as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LASTS_MS);
}

/** A file name that every file system accepts. */
export function fileNameOf(words: string, extension: string): string {
  const safe = words
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${[...safe].slice(0, 60).join('') || 'earmark'}.${extension}`;
}

/** Where to save a file. */
export interface SaveTarget {
  readonly name: string;
  /** Written in chunks; undefined if the browser supports only downloads. */
  readonly file?: WritableStream<Uint8Array>;
}

/** Chromium's picker for saving files. TypeScript does not have it yet. */
interface SaveFilePicker {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: { accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}

/**
 * Lets the person choose where to save a zip file, if the browser supports it. Call it directly from a press. Nothing
 * is written before the stream is closed.
 *
 * @returns undefined if the person cancelled.
 */
export function chooseZip(name: string): Promise<SaveTarget | undefined> {
  return chooseFile(name, 'application/zip');
}

/** The same for a file of any type. */
export async function chooseFile(name: string, mediaType: string): Promise<SaveTarget | undefined> {
  const browser = globalThis as SaveFilePicker;
  if (!browser.showSaveFilePicker) return { name };
  try {
    const types = [{ accept: { [mediaType]: [name.slice(name.lastIndexOf('.'))] } }];
    const handle = await browser.showSaveFilePicker({ suggestedName: name, types });
    return { name: handle.name, file: await handle.createWritable() };
  } catch (error) {
    // If the page may not ask or write, the file can still be downloaded.
    return (error as DOMException).name === 'AbortError' ? undefined : { name };
  }
}
