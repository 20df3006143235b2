import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { OnsetFinder, steepRule } from '../../src/events/onset-finder';
import { eventTiming } from '../../src/events/timing';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { headLogits } from '../../src/model/head/head';
import { tagLive } from '../../src/recordings/tag-live';
import type { AudioFileReader } from '../audio/audio-file-reader';
import { readJson } from '../read-json';
import type { SceneSet } from './scene-set';

/** A network's outputs for the windows of one recording, before calibration. */
export interface WindowLogits {
  /** End of the first window, and the time from one window to the next. */
  readonly firstEndSeconds: number;
  readonly stepSeconds: number;
  /** [windows, labels]. */
  readonly logits: Float32Array;
  /** Level of the sound that came with each window, in dBFS. */
  readonly levelsDb: Float32Array;
  /** Logits of the windows that are heard again, filled with a sudden sound: [labels], by the window's place. */
  readonly filled: ReadonlyMap<number, Float32Array>;
}

/** The same for all scenes of a set. */
export interface SceneLogits {
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly ofScene: ReadonlyMap<string, WindowLogits>;
}

/**
 * Tags a recording as the diary hears it. After each steep rise of the level, windows are heard again: thresholds that are
 * chosen later decide which of them matter.
 *
 * @param samples at the model's sample rate.
 */
export async function tagSamples(
  model: NetworkModel,
  samples: Float32Array,
  tagsPerSecond: number,
): Promise<WindowLogits> {
  const { sampleRateHz, hopSamples } = model.spec;
  const { head } = model.folder;
  const stepStrides = sampleRateHz / hopSamples / model.strideColumns / tagsPerSecond;
  const rows: Float32Array[] = [];
  const levelsDb: number[] = [];
  const filled = new Map<number, Float32Array>();
  const onsets = new OnsetFinder(eventTiming);
  const options = {
    model,
    head,
    stepStrides,
    tailSeconds: 0,
    unsureSoundSeconds: (moment: { windowEndSeconds: number }) => onsets.steepSoundSeconds(moment.windowEndSeconds),
  };
  let firstEndSeconds: number | undefined;
  for await (const moment of tagLive(inOnePiece(samples), options)) {
    onsets.push(moment);
    firstEndSeconds ??= moment.windowEndSeconds;
    if (moment.filledEmbedding) filled.set(rows.length, headLogits(moment.filledEmbedding, head));
    rows.push(headLogits(moment.embedding, head));
    levelsDb.push(moment.levelDb);
  }
  const logits = new Float32Array(rows.length * model.labels.length);
  for (const [i, row] of rows.entries()) logits.set(row, i * row.length);
  return {
    firstEndSeconds: firstEndSeconds ?? 0,
    stepSeconds: 1 / tagsPerSecond,
    logits,
    levelsDb: Float32Array.from(levelsDb),
    filled,
  };
}

async function* inOnePiece(samples: Float32Array): AsyncGenerator<Float32Array> {
  yield samples;
}

interface Index {
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly tagsPerSecond: number;
  readonly backbone: string;
  /** Which windows were heard again; missing where none was, as in outputs of earlier versions. */
  readonly steep?: typeof steepWindows;
  readonly scenes: readonly {
    readonly file: string;
    readonly firstEndSeconds: number;
    readonly windows: number;
    /** Places of the windows that were heard again. */
    readonly filled?: readonly number[];
  }[];
}

const steepWindows = { ...steepRule, riseDb: eventTiming.steepRiseDb };

/** Whether the windows were heard again that the page hears again today. */
export function isHeardAsToday({ steep }: Pick<Index, 'steep'>): boolean {
  return isDeepStrictEqual(steep, steepWindows);
}

/** Tags a set, or reads what an earlier call wrote for the same network. @param folder gets the results. */
export async function tagScenes(
  model: NetworkModel,
  set: SceneSet,
  reader: Pick<AudioFileReader, 'read'>,
  folder: string,
  tagsPerSecond: number,
): Promise<SceneLogits> {
  const known = await readSceneLogits(folder);
  const isKnown =
    known !== undefined &&
    known.index.backbone === model.folder.backbone &&
    known.index.tagsPerSecond === tagsPerSecond &&
    isHeardAsToday(known.index) &&
    set.scenes.every(({ file }) => known.logits.ofScene.has(file));
  if (isKnown) return known.logits;
  const ofScene = new Map<string, WindowLogits>();
  for (const { file } of set.scenes) {
    const samples = await reader.read(join(set.root, file), model.spec.sampleRateHz);
    ofScene.set(file, await tagSamples(model, samples, tagsPerSecond));
    if (ofScene.size % 10 === 0) console.error(`${ofScene.size} of ${set.scenes.length} scenes tagged`);
  }
  const { frames, hopSamples, sampleRateHz } = model.spec;
  const logits: SceneLogits = {
    labels: model.labels.map(({ id }) => id),
    windowSeconds: (frames * hopSamples) / sampleRateHz,
    ofScene,
  };
  await writeSceneLogits(folder, logits, tagsPerSecond, model.folder.backbone);
  return logits;
}

async function writeSceneLogits(
  folder: string,
  { labels, windowSeconds, ofScene }: SceneLogits,
  tagsPerSecond: number,
  backbone: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const scenes = [...ofScene].map(([file, { firstEndSeconds, levelsDb, filled }]) => ({
    file,
    firstEndSeconds,
    windows: levelsDb.length,
    filled: [...filled.keys()],
  }));
  const parts = [...ofScene.values()].flatMap(({ logits, levelsDb, filled }) => [logits, levelsDb, ...filled.values()]);
  await writeFile(join(folder, 'logits.f32'), Buffer.concat(parts.map((part) => Buffer.from(part.buffer))));
  const index: Index = { labels, windowSeconds, tagsPerSecond, backbone, steep: steepWindows, scenes };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
}

/** What {@link tagScenes} wrote; undefined if it wrote nothing there. @throws Error if the files do not belong together. */
export async function readSceneLogits(
  folder: string,
): Promise<{ readonly index: Index; readonly logits: SceneLogits } | undefined> {
  if (!existsSync(join(folder, 'index.json'))) return undefined;
  const index = (await readJson(join(folder, 'index.json'))) as Index;
  const bytes = await readFile(join(folder, 'logits.f32'));
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const { labels, windowSeconds, tagsPerSecond, scenes } = index;
  const total = scenes.reduce(
    (sum, { windows, filled = [] }) => sum + windows * (labels.length + 1) + filled.length * labels.length,
    0,
  );
  if (total !== values.length) throw new Error(`${folder} is damaged: logits.f32 does not fit index.json`);
  const ofScene = new Map<string, WindowLogits>();
  let at = 0;
  const take = (count: number): Float32Array => {
    at += count;
    return values.slice(at - count, at);
  };
  for (const { file, firstEndSeconds, windows, filled = [] } of scenes) {
    const logits = take(windows * labels.length);
    const levelsDb = take(windows);
    const again = new Map(filled.map((window) => [window, take(labels.length)]));
    ofScene.set(file, { firstEndSeconds, stepSeconds: 1 / tagsPerSecond, logits, levelsDb, filled: again });
  }
  return { index, logits: { labels, windowSeconds, ofScene } };
}
