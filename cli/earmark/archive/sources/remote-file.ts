/** A file that lies elsewhere. */
export interface RemoteFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs?: number;
}
