import type { ByteSource } from '../bytes';
import { type OggPage, oggPages } from './ogg-page';

/** Read at once, and one page more, where a search looks: some seconds of sound. */
const LOOK_BYTES = 64 * 1024;
/** Every so many looks, the stretch is halved: where loud and quiet parts differ much, guesses come near only slowly. */
const HALVED_EVERY = 3;

/** A byte, and the sample that the stream is at there. */
export interface OggPlace {
  readonly at: number;
  readonly position: number;
}

/** What a look saw: the last page up to a sample, and where the first one behind it ends. */
interface Look {
  readonly before: OggPage | undefined;
  readonly afterPosition: number | undefined;
}

/**
 * Finds the last page that ends at a sample or before, by few reads: sound is spread over a file about evenly.
 *
 * @param target the sample.
 * @param from where no page with a position begins before, up to the sample.
 * @param to the end of the stream.
 * @param positionOf the sample that a page ends at; undefined for pages that do not tell.
 * @returns undefined if there is none.
 */
export async function pageBefore(
  source: ByteSource,
  target: number,
  from: OggPlace,
  to: OggPlace,
  positionOf: (page: OggPage) => number | undefined,
): Promise<OggPage | undefined> {
  let [low, high] = [from, to];
  let best: OggPage | undefined;
  for (let looks = 1; low.at < high.at; looks++) {
    const share = looks % HALVED_EVERY === 0 ? 0.5 : shareOf(target, low, high);
    const middle = low.at + share * (high.at - low.at);
    const start = Math.max(low.at, Math.floor(middle - LOOK_BYTES / 2));
    const { before, afterPosition } = await look(source, target, start, high.at, positionOf);
    if (before) {
      best = before;
      low = { at: before.at + before.bytes.length, position: positionOf(before) as number };
      if (afterPosition !== undefined) break;
    } else high = { at: start, position: afterPosition ?? high.position };
  }
  return best;
}

/** How far between two places a sample lies, if the sound is spread evenly: from 0 to 1. */
function shareOf(target: number, low: OggPlace, high: OggPlace): number {
  if (high.position <= low.position) return 0.5;
  return Math.max(0, Math.min(1, (target - low.position) / (high.position - low.position)));
}

/** Looks at the pages from a byte on, as far as it must to see one with a position. */
async function look(
  source: ByteSource,
  target: number,
  start: number,
  end: number,
  positionOf: (page: OggPage) => number | undefined,
): Promise<Look> {
  let before: OggPage | undefined;
  for await (const page of oggPages(source, start, end, LOOK_BYTES)) {
    const position = positionOf(page);
    if (position !== undefined && position > target) return { before, afterPosition: position };
    if (position !== undefined) before = page;
    if (before && page.at + page.bytes.length >= start + LOOK_BYTES) break;
  }
  return { before, afterPosition: undefined };
}
