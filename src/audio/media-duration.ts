/** A readable header gives the duration within some milliseconds. */
const LONGEST_WAIT_MS = 5000;

/**
 * Duration of a sound or video in seconds, from its header alone: nothing is decoded.
 *
 * Undefined if the browser cannot tell, as for streamed recordings and formats it cannot play.
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
