/**
 * Paths as bytes. On most systems a file's name is any sequence of bytes, and recorders and old discs have names that
 * are not UTF-8: as a string they would name no file.
 */
const SLASH = 0x2f;

/** Joins a folder and a name. */
export function joinPath(folder: Buffer, name: Buffer): Buffer {
  if (folder.length === 0) return name;
  const separator = folder.at(-1) === SLASH ? [] : [Buffer.from('/')];
  return Buffer.concat([folder, ...separator, name]);
}

/** The last part of a path. */
export function nameOf(path: Buffer): Buffer {
  return path.subarray(path.lastIndexOf(SLASH) + 1);
}

/** The path without its last part; empty if there is none. */
export function folderOf(path: Buffer): Buffer {
  return path.subarray(0, Math.max(0, path.lastIndexOf(SLASH)));
}

/** A path as text. Each byte that is not UTF-8 becomes `\xNN`, so that different paths stay different. */
export function textOf(path: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(path);
  if (Buffer.from(text).equals(path)) return text;
  let shown = '';
  for (let at = 0; at < path.length; ) {
    const length = characterLength(path, at);
    shown +=
      length === 0
        ? `\\x${(path[at] as number).toString(16).toUpperCase().padStart(2, '0')}`
        : Buffer.from(path.subarray(at, at + length)).toString();
    at += Math.max(1, length);
  }
  return shown;
}

/** Bytes of the UTF-8 character that begins there; 0 if none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const piece = Buffer.from(bytes.subarray(at, at + length));
    const text = piece.toString();
    if (!text.includes('\uFFFD') && [...text].length === 1 && Buffer.from(text).equals(piece)) return length;
  }
  return 0;
}

/** A path for a line of its own: line breaks and other control characters are written out. */
export function onOneLine(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that would break the line.
  return path.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
