/** A file's name without folders. */
export function lastPart(path: string): string {
  return path.replace(/^.*\//, '');
}

/** A file's name without folders or extension. */
export function baseName(path: string): string {
  return lastPart(path).replace(/(.)\.[^.]*$/, '$1');
}

/** The path of a file as lists and zip files are compared by: `/` between folders, in one Unicode form. */
export function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .normalize('NFC');
}

/** Many systems do not know the MIME types of less common sound formats. */
const soundName =
  /\.(wav|wave|bwf|w64|rf64|mp3|mp2|mpga|m4p|aax?|ogg|oga|opus|spx|flac|m4a|m4b|aac|alac|aif|aiff|aifc|caf|au|snd|amr|3gp|3g2|weba|webm|mp4|m4v|mov|qta|qt|mka|mkv|ts|wma|wv|ape)$/i;

/** Whether a file can be sound, or a video with sound, by its name. What it really is, only its content tells. */
export function isSoundName(name: string): boolean {
  return soundName.test(name);
}

/** Whether a file can be a list of clips, by its name. */
export function isListName(name: string): boolean {
  return /\.(csv|tsv|txt)$/i.test(name);
}

/** Files that file managers leave in folders. */
const hiddenName = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/** Whether a file manager made a file or folder, by its name. */
export function isHiddenName(name: string): boolean {
  return hiddenName.test(name);
}
