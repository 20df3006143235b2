import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { headProbabilities } from '../../src/model/head/head';
import { LiveEmbedder } from '../../src/tagger/live/live-embedder';
import { LiveWindow } from '../../src/tagger/live/live-window';
import { readTable } from '../clips/csv';
import type { Meanings } from '../scenes/meanings';

/** Probability from which a wrong label counts as a cry of wolf. */
export const SURE = 0.8;

/** What the page would have shown while a clip was played. */
export interface PlayedClip {
  readonly file: string;
  /** What its list says. */
  readonly sounds: readonly string[];
  /** The highest probability that each label had at any moment. */
  readonly peaks: Float32Array;
}

/** Plays a sound over and over to a model as a microphone would: hop by hop, through the page's live path. */
export async function peaksWhilePlayed(
  model: NetworkModel,
  samples: Float32Array,
  seconds: number,
  tagsPerSecond: number,
): Promise<Float32Array> {
  const { sampleRateHz } = model.spec;
  const live = new LiveWindow(model.spec);
  const embedder = new LiveEmbedder(model, live, tagsPerSecond);
  const peaks = new Float32Array(model.labels.length);
  const tagSamples = Math.round(sampleRateHz / tagsPerSecond);
  try {
    for (let start = 0; start + tagSamples <= seconds * sampleRateHz; start += tagSamples) {
      live.push(Float32Array.from({ length: tagSamples }, (_, i) => samples[(start + i) % samples.length] as number));
      if (!embedder.isReady) continue;
      const embedding = await embedder.embed(embedder.takeArrival());
      for (const [label, probability] of headProbabilities(embedding, model.folder.head).entries()) {
        peaks[label] = Math.max(peaks[label] as number, probability);
      }
    }
  } finally {
    embedder.dispose();
  }
  return peaks;
}

/** A label that was shown as certain and is not what the clip's list says. */
export interface WrongLabel {
  readonly id: string;
  readonly peak: number;
  /** Whether it may sound in such a clip all the same: its name says too little, or the list of companions has it. */
  readonly isRelated: boolean;
}

/** The wrong labels of a played clip, strongest first. @param companions what may also sound, by sound. */
export function wrongLabels(
  { sounds, peaks }: PlayedClip,
  ids: readonly string[],
  meanings: Meanings,
  companions: ReadonlyMap<string, readonly string[]>,
): WrongLabel[] {
  const certain = new Set(sounds.flatMap((sound) => [...meanings({ sound, audioSet: '' }).certain]));
  const related = new Set(
    sounds.flatMap((sound) => [
      ...meanings({ sound, audioSet: '' }).unknown,
      ...(companions.get(sound) ?? []).flatMap((other) => [...meanings({ sound: other, audioSet: '' }).certain]),
    ]),
  );
  return ids
    .map((id, label) => ({ id, peak: peaks[label] as number, isRelated: related.has(id) }))
    .filter(({ id, peak }) => peak > SURE && !certain.has(id))
    .sort((a, b) => b.peak - a.peak);
}

/** What may also sound in a recording, by the name that its list gives it (training/lists/may-also-sound.csv). */
export async function readCompanions(path: string): Promise<Map<string, string[]>> {
  const { rows } = await readTable(path, 'the list of companions');
  return new Map(rows.map(([sound, others]) => [sound as string, (others as string).split(';')]));
}
