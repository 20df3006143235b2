import { textOf } from '../find/path-bytes';
import type { PathText } from './archive-folder';

/** A path that JSON can hold. */
export function pathText(path: Buffer): PathText {
  const isText = Buffer.from(path.toString()).equals(path);
  return isText ? { path: path.toString() } : { path: textOf(path), raw: path.toString('base64') };
}

/** The bytes of a path. */
export function bytesOfPath({ path, raw }: PathText): Buffer {
  return raw === undefined ? Buffer.from(path) : Buffer.from(raw, 'base64');
}
