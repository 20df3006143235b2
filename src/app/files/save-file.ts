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

/** Where a file goes. */
export interface SaveTarget {
  readonly name: string;
  /** Written piece by piece; undefined where the browser has downloads alone. */
  readonly file?: WritableStream<Uint8Array>;
}

/** What Chromium offers to save a file with; TypeScript does not know it yet. */
interface SaveFilePicker {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: { accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
}

/**
 * Lets the person choose where a zip file is saved, where the browser can; to be called at once when something is
 * pressed. Nothing is written before the stream is closed.
 *
 * @returns undefined where the person decided against it.
 */
export async function chooseZip(name: string): Promise<SaveTarget | undefined> {
  const browser = globalThis as SaveFilePicker;
  if (!browser.showSaveFilePicker) return { name };
  try {
    const types = [{ accept: { 'application/zip': ['.zip'] } }];
    const handle = await browser.showSaveFilePicker({ suggestedName: name, types });
    return { name: handle.name, file: await handle.createWritable() };
  } catch (error) {
    // What the page may not ask for, or may not write to, can still be downloaded.
    return (error as DOMException).name === 'AbortError' ? undefined : { name };
  }
}
