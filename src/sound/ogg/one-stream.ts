import type { ByteSource } from '../bytes';
import { type OggPage, oggPages } from './ogg-page';

const FIRST_LOOK_BYTES = 128 * 1024;
/** Read at once, and one page more. */
const LOOK_BYTES = 64 * 1024;
/** Pages of which a look takes the mean size. */
const MEASURED_PAGES = 3;
/** Pages can be so much larger, in the mean of a stretch, than they are at its end. */
const MOST_LARGER = 1.5;

/** A page of a stream, and how many bytes there are per page from it on. */
interface Look {
  readonly at: number;
  readonly sequence: number;
  readonly bytesPerPage: number;
}

/**
 * Whether an Ogg file holds one stream with this serial number, judged by some of its pages, each twice as far from the start as
 * the one before: their numbers count on, as fast as pages of that size fit between them. Where a stream begins anew under the
 * same serial number, they begin at 0.
 *
 * @returns false also if the pages do not tell.
 */
export async function isOneStream(source: ByteSource, serial: number): Promise<boolean> {
  const places: number[] = [];
  for (let from = FIRST_LOOK_BYTES; from < source.size - FIRST_LOOK_BYTES; from *= 2) places.push(from);
  places.push(Math.max(0, source.size - FIRST_LOOK_BYTES));
  // Most of the time passes until a browser has read anything at all.
  const looks = await Promise.all(places.map((from) => lookAt(source, serial, from)));
  let before: Omit<Look, 'bytesPerPage'> = { at: 0, sequence: 0 };
  for (const look of looks) {
    if (!look || (look.at !== before.at && !countsOn(before, look))) return false;
    before = look;
  }
  return true;
}

function countsOn(before: Omit<Look, 'bytesPerPage'>, { at, sequence, bytesPerPage }: Look): boolean {
  const pages = sequence - before.sequence;
  return pages > 0 && at - before.at <= MOST_LARGER * pages * bytesPerPage;
}

/** @returns undefined if there are no two pages in a row. */
async function lookAt(source: ByteSource, serial: number, from: number): Promise<Look | undefined> {
  const pages: OggPage[] = [];
  for await (const page of oggPages(source, from, source.size, LOOK_BYTES)) {
    if (page.serial === serial) pages.push(page);
    if (pages.length > MEASURED_PAGES) break;
  }
  const [first, last] = [pages[0], pages.at(-1)];
  if (!first || !last || last.sequence <= first.sequence) return undefined;
  const bytesPerPage = (last.at - first.at) / (last.sequence - first.sequence);
  return { at: first.at, sequence: first.sequence, bytesPerPage };
}
