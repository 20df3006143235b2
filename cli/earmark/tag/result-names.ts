import { type FoundSound, folderBelow, soundName } from '../find/find-sounds';
import { joinPath } from '../find/path-bytes';
import { hashOf } from './ledger';

/** Names of most file systems have at most so many bytes. */
const MOST_NAME_BYTES = 255;
/** Of `~` and eight digits, which tell names apart that would be equal. */
const MARK_BYTES = 9;

/**
 * Paths of results in their folder: those of the sounds, from the folders that were searched on, with a suffix. Names
 * that would be too long are cut, and names that would be equal are marked; both do not depend on the other sounds of
 * the run but by being equal.
 */
export function resultNames(sounds: readonly FoundSound[], suffixes: readonly string[]): Buffer[] {
  const longest = Math.max(...suffixes.map((suffix) => Buffer.byteLength(suffix)));
  const plain = sounds.map((sound) => joinPath(folderBelow(sound), soundName(sound)));
  const times = new Map<string, number>();
  // Some file systems do not tell capitals from small letters.
  const folded = plain.map((path) => path.toString('latin1').toLowerCase());
  for (const path of folded) times.set(path, (times.get(path) ?? 0) + 1);
  return sounds.map((sound, i) => {
    const name = soundName(sound);
    const isAlone = times.get(folded[i] as string) === 1;
    if (isAlone && name.length + longest <= MOST_NAME_BYTES) return plain[i] as Buffer;
    const mark = Buffer.from(`~${hashOf(sound.path).slice(0, MARK_BYTES - 1)}`);
    const kept = wholeCharacters(name, MOST_NAME_BYTES - longest - MARK_BYTES);
    return joinPath(folderBelow(sound), Buffer.concat([kept, mark]));
  });
}

/** The beginning of a name, not cut within a UTF-8 character. */
function wholeCharacters(name: Buffer, most: number): Buffer {
  let end = Math.min(name.length, most);
  while (end > 0 && end < name.length && ((name[end] as number) & 0xc0) === 0x80) end -= 1;
  return name.subarray(0, end);
}
