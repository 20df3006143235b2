import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkModel } from '../../src/model/engine/loaded-model';
import { headLogits } from '../../src/model/head/head';
import { tagRecording } from '../../src/recordings/tag-recording';
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
}

/** The same for all scenes of a set. */
export interface SceneLogits {
  readonly labels: readonly string[];
  readonly windowSeconds: number;
  readonly ofScene: ReadonlyMap<string, WindowLogits>;
}

/** Tags a recording as the diary hears it. @param samples at the model's sample rate. */
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
  let firstEndSeconds: number | undefined;
  for await (const moments of tagRecording(inOnePiece(samples), { model, head, stepStrides, tailSeconds: 0 })) {
    firstEndSeconds ??= moments[0]?.windowEndSeconds;
    for (const { embedding, levelDb } of moments) {
      rows.push(headLogits(embedding, head));
      levelsDb.push(levelDb);
    }
  }
  const logits = new Float32Array(rows.length * model.labels.length);
  for (const [i, row] of rows.entries()) logits.set(row, i * row.length);
  return {
    firstEndSeconds: firstEndSeconds ?? 0,
    stepSeconds: 1 / tagsPerSecond,
    logits,
    levelsDb: Float32Array.from(levelsDb),
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
  readonly scenes: readonly { readonly file: string; readonly firstEndSeconds: number; readonly windows: number }[];
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
  const scenes = [...ofScene].map(([file, { firstEndSeconds, levelsDb }]) => ({
    file,
    firstEndSeconds,
    windows: levelsDb.length,
  }));
  const parts = [...ofScene.values()].flatMap(({ logits, levelsDb }) => [logits, levelsDb]);
  await writeFile(join(folder, 'logits.f32'), Buffer.concat(parts.map((part) => Buffer.from(part.buffer))));
  const index: Index = { labels, windowSeconds, tagsPerSecond, backbone, scenes };
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
  const total = scenes.reduce((sum, { windows }) => sum + windows * (labels.length + 1), 0);
  if (total !== values.length) throw new Error(`${folder} is damaged: logits.f32 does not fit index.json`);
  const ofScene = new Map<string, WindowLogits>();
  let at = 0;
  const take = (count: number): Float32Array => {
    at += count;
    return values.slice(at - count, at);
  };
  for (const { file, firstEndSeconds, windows } of scenes) {
    const logits = take(windows * labels.length);
    ofScene.set(file, { firstEndSeconds, stepSeconds: 1 / tagsPerSecond, logits, levelsDb: take(windows) });
  }
  return { index, logits: { labels, windowSeconds, ofScene } };
}
