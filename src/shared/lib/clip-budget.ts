import { groupBy } from './group-by';

/** What decides whether the sound of an event goes or stays. */
export interface SizedClip {
  readonly label: string;
  readonly peakProbability: number;
  readonly startMs: number;
  readonly bytes: number;
  readonly isKept: boolean;
}

/**
 * Which clips must go so that the others fit: always the weakest of the label whose clips take the most room, so that
 * rare sounds stay. Of equally strong ones the oldest goes. Those that a person kept stay.
 */
export function clipsToDelete<Clip extends SizedClip>(clips: readonly Clip[], mostBytes: number): Clip[] {
  let bytes = clips.reduce((sum, clip) => sum + clip.bytes, 0);
  const byLabel = groupBy(
    clips.filter(({ isKept }) => !isKept),
    ({ label }) => label,
  );
  const shelves = [...byLabel.values()].map((own) => ({
    bytes: own.reduce((sum, clip) => sum + clip.bytes, 0),
    // The weakest last.
    clips: own.sort((a, b) => b.peakProbability - a.peakProbability || b.startMs - a.startMs),
  }));
  const gone: Clip[] = [];
  while (bytes > mostBytes) {
    const fullest = shelves.reduce((most, shelf) => (shelf.bytes > most.bytes ? shelf : most), {
      bytes: 0,
      clips: [] as Clip[],
    });
    const clip = fullest.clips.pop();
    if (!clip) break;
    fullest.bytes -= clip.bytes;
    bytes -= clip.bytes;
    gone.push(clip);
  }
  return gone;
}
