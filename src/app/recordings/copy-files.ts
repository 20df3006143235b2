import { RecordingFiles } from './recording-files';
import type { RecordingsParts } from './recordings-parts';

/**
 * Copies files into the page's part of the disk, one after another, so that the queue survives a reload: a browser without
 * file handles gives the page a file only once. A file for which there is no room stays with the page.
 */
export class CopyFiles {
  readonly #startWorker: RecordingsParts['startWorker'];
  readonly #onCopied: (id: string) => Promise<void>;
  #last: Promise<void> = Promise.resolve();

  /** @param onCopied called with the recording's id when its copy is complete. */
  constructor(startWorker: RecordingsParts['startWorker'], onCopied: (id: string) => Promise<void>) {
    this.#startWorker = startWorker;
    this.#onCopied = onCopied;
  }

  add(id: string, file: File): void {
    this.#last = this.#last
      .then(() => this.#copy(id, file))
      .catch((error: unknown) => {
        // The recording is tagged from the file itself all the same.
        console.warn('A recording was not copied:', error);
      });
  }

  async #copy(id: string, file: File): Promise<void> {
    if (!(await RecordingFiles.hasRoomFor(file))) return;
    const worker = await this.#startWorker();
    try {
      await Promise.race([worker.api.copy(file, id), worker.died]);
      await this.#onCopied(id);
    } finally {
      worker.terminate();
    }
  }
}
