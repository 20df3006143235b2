import { firstOf, without } from '../packet-decoder';
import type { Edit } from './mp4-facts';

/** Samples of the media from `from` on, up to `to` (exclusive). */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Which samples of a track are to be heard, in order. */
export class HeardRanges {
  readonly #ranges: readonly Range[];

  /**
   * @param edits of the track; without any, all is heard but the first `preSkip` samples.
   * @param startSeconds of what is heard: all before is left out.
   */
  constructor(edits: readonly Edit[], preSkip: number, sampleRateHz: number, startSeconds: number) {
    const all = edits.length > 0 ? forward(edits, sampleRateHz) : [{ from: preSkip, to: Number.POSITIVE_INFINITY }];
    let skipped = Math.round(startSeconds * sampleRateHz);
    this.#ranges = all.flatMap(({ from, to }) => {
      const left = Math.min(skipped, to - from);
      skipped -= left;
      return from + left < to ? [{ from: from + left, to }] : [];
    });
  }

  /** The first sample of the media that is heard. */
  get start(): number {
    return this.#ranges[0]?.from ?? Number.POSITIVE_INFINITY;
  }

  /** No sample of a packet that begins here or later is heard. */
  get end(): number {
    return this.#ranges.at(-1)?.to ?? 0;
  }

  /**
   * The heard parts of a piece that begins at `position`.
   *
   * @param packetFrames samples in each packet; 1 if they differ. An edit ends with the packet that it ends in, as in
   *   other players: its time is often given in milliseconds only.
   */
  *heard(
    channels: readonly Float32Array[],
    position: number,
    packetFrames: number,
  ): Generator<readonly Float32Array[]> {
    const end = position + (channels[0]?.length ?? 0);
    for (const { from, to } of this.#ranges) {
      const wholeTo = packetFrames * Math.ceil(to / packetFrames);
      if (from >= end || wholeTo <= position) continue;
      yield without(firstOf(channels, wholeTo - position), from - position);
    }
  }
}

/** Edits as ranges. One that goes back in the media cannot be played in one pass, and ends the list. */
function forward(edits: readonly Edit[], sampleRateHz: number): Range[] {
  const ranges: Range[] = [];
  for (const { startSeconds, seconds } of edits) {
    const from = Math.round(startSeconds * sampleRateHz);
    const to = seconds === undefined ? Number.POSITIVE_INFINITY : from + Math.round(seconds * sampleRateHz);
    if (from < (ranges.at(-1)?.to ?? 0)) break;
    ranges.push({ from, to });
  }
  return ranges;
}
