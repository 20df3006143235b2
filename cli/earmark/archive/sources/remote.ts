import type { RemoteFile } from './remote-file';
import { fetchObject, isBucket, listBucket } from './s3';
import { fetchFile, isWebAddress, listWeb } from './web';

/** Whether a source or a file is an address and no path. */
export function isRemote(place: string): boolean {
  return isWebAddress(place) || isBucket(place);
}

/** The files of a source that is an address. @throws UsageError if it cannot be listed, with what to do. */
export function listRemote(source: string): AsyncGenerator<RemoteFile> {
  return isBucket(source) ? listBucket(source) : listWeb(source);
}

/**
 * Copies a file from its address. @param onBytes hears of progress.
 * @returns its size. @throws SourceGone; Error if only this file cannot be had.
 */
export function fetchRemote(path: string, target: string, onBytes: () => void): Promise<number> {
  return isBucket(path) ? fetchObject(path, target, onBytes) : fetchFile(path, target, onBytes);
}
