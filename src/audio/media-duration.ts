/** A file whose header can be read says how long it is within some milliseconds. */
const LONGEST_WAIT_MS = 5000;

/**
 * How long a sound or film lasts, in seconds, by its header alone: nothing is decoded.
 *
 * Undefined where the browser cannot tell: of a recording that was streamed, and of what it cannot play.
 */
export async function mediaDuration(file: Blob): Promise<number | undefined> {
  const url = URL.createObjectURL(file);
  const media = new Audio();
  try {
    media.preload = 'metadata';
    const duration = new Promise<number>((resolve) => {
      media.addEventListener('loadedmetadata', () => resolve(media.duration));
      media.addEventListener('error', () => resolve(Number.NaN));
      setTimeout(() => resolve(Number.NaN), LONGEST_WAIT_MS);
    });
    media.src = url;
    const seconds = await duration;
    return Number.isFinite(seconds) ? seconds : undefined;
  } finally {
    // Without this the element holds on to the file.
    media.removeAttribute('src');
    media.load();
    URL.revokeObjectURL(url);
  }
}
