import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAudioFile } from '../../../../cli/audio/audio-files';
import { readSceneLogits, tagSamples, tagScenes, type WindowLogits } from '../../../../cli/scenes/scene-logits';
import { readSceneSet } from '../../../../cli/scenes/scene-set';
import { logMelColumns } from '../../../../src/dsp/log-mel';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../../src/model/folder/node';
import { largestDifference } from '../../support/arrays';
import { startShipped } from '../../support/model';
import { whiteNoise } from '../../support/random';
import { encodeWav } from '../../support/wav';

let model: NetworkModel;
let root: string;
beforeAll(async () => {
  model = await startShipped('wasm');
  root = await mkdtemp(join(tmpdir(), 'earmark-scenes-'));
});
afterAll(async () => {
  model.dispose();
  await rm(root, { recursive: true });
});

const events = 'file,onset,end,sound,audioSet,certain\na.wav,0.5,1.25,"Dog",/m/0bt9lr,yes\na.wav,0.5,1.25,cat,,no\n';

async function writeSet(name: string, lists: { scenes?: string; events?: string } = {}): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'scenes.csv'), lists.scenes ?? 'file,seconds,kind,background\na.wav,3,events,fan\n');
  await writeFile(join(folder, 'events.csv'), lists.events ?? events);
  return folder;
}

describe('a set of scenes', () => {
  it('is read with its events', async () => {
    const { scenes } = await readSceneSet(await writeSet('read'));
    expect(scenes).toEqual([
      {
        file: 'a.wav',
        seconds: 3,
        kind: 'events',
        events: [
          { onsetSeconds: 0.5, endSeconds: 1.25, sound: 'Dog', audioSet: '/m/0bt9lr', isCertain: true },
          { onsetSeconds: 0.5, endSeconds: 1.25, sound: 'cat', audioSet: '', isCertain: false },
        ],
      },
    ]);
  });

  it.each([
    ['a missing column', { events: 'file,onset,end\n' }, /events\.csv has no column "sound"/],
    [
      'a time that is none',
      { events: events.replace('0.5', 'soon') },
      /in a\.wav, an event lasts from soon to 1\.25 s/,
    ],
    ['an end before its start', { events: events.replace('1.25', '0.25') }, /from 0\.5 to 0\.25 s/],
    ['a scene without a length', { scenes: 'file,seconds,kind\na.wav,0,quiet\n' }, /a\.wav lasts 0 s/],
  ])('is refused for %s', async (_, lists, sentence) => {
    await expect(readSceneSet(await writeSet('bad', lists))).rejects.toThrow(sentence);
  });
});

describe('tagging as the page does', () => {
  it('gives each window the logits of the whole window', async () => {
    const { sampleRateHz, frames, melBands } = model.spec;
    const noise = whiteNoise(3 * sampleRateHz, 5);
    const { firstEndSeconds, stepSeconds, logits, levelsDb } = await tagSamples(model, noise, 8);
    expect(stepSeconds).toBe(0.125);
    expect(levelsDb).toHaveLength(24);
    // Eight columns: seven hops of 500 samples after the first frame of 1,024.
    expect(firstEndSeconds).toBe((7 * 500 + 1024) / sampleRateHz);
    const size = model.labels.length;
    // The last whole window, by its end: columns are 500 samples apart, and the first ends after 1,024.
    const endSeconds = firstEndSeconds + 22 * stepSeconds;
    const columns = logMelColumns(noise, model.spec);
    const last = Math.floor((endSeconds * sampleRateHz - 1024) / 500) + 1;
    const window = new Float32Array(frames * melBands);
    // A stream hears the newest 115 columns; the network leaves a window's last 5 out.
    window.set(columns.slice((last - 115) * melBands, last * melBands));
    const whole = await model.predictLogits(window, 1);
    expect(largestDifference(logits.subarray(22 * size, 23 * size), whole)).toBeLessThan(1e-3);
  });

  it('keeps the results, and tags again only for another network or rate', async () => {
    const folder = await writeSet('kept');
    const noise = whiteNoise(3 * model.spec.sampleRateHz, 6);
    await writeFile(
      join(folder, 'a.wav'),
      encodeWav([noise.map((value) => value / 4)], model.spec.sampleRateHz, 's16'),
    );
    const set = await readSceneSet(folder);
    let reads = 0;
    const reader = {
      read: (path: string, rate: number) => {
        reads++;
        return readAudioFile(path, rate);
      },
    };
    const out = join(root, 'out');
    const first = await tagScenes(model, set, reader, out, 8);
    const again = await tagScenes(model, set, reader, out, 8);
    expect(again).toEqual(first);
    expect(reads).toBe(1);
    expect((await tagScenes(model, set, reader, out, 4)).ofScene.get('a.wav')?.levelsDb).toHaveLength(12);
    expect(reads).toBe(2);
    // Outputs of a version that heard no window again, or after other rises, are not taken for today's.
    const index = join(out, 'index.json');
    const { steep, ...rest } = JSON.parse(await readFile(index, 'utf8'));
    for (const [i, other] of [rest, { ...rest, steep: { ...steep, riseDb: 7 } }].entries()) {
      await writeFile(index, JSON.stringify(other));
      await tagScenes(model, set, reader, out, 4);
      expect(reads).toBe(3 + i);
      expect(JSON.parse(await readFile(index, 'utf8'))).toEqual({ ...rest, steep });
    }
    const bytes = await readFile(join(out, 'logits.f32'));
    await writeFile(join(out, 'logits.f32'), bytes.subarray(4));
    await expect(readSceneLogits(out)).rejects.toThrow(/out is damaged/);
  });

  it('hears windows again after a steep rise, and keeps what it heard beside the usual windows', async () => {
    const whole = await openModelFolder('public/models/earmark-120');
    const { sampleRateHz } = whole.spec;
    const folder = await writeSet('steep');
    // 30 dB louder from 1.5 s on.
    const samples = whiteNoise(3 * sampleRateHz, 7).map((x, i) => (i < 1.5 * sampleRateHz ? 0.01 : 0.3) * x);
    await writeFile(join(folder, 'a.wav'), encodeWav([samples], sampleRateHz, 's16'));
    const set = await readSceneSet(folder);
    const out = join(root, 'steep-out');
    const told = await tagScenes(whole, set, { read: readAudioFile }, out, 8);
    const { filled, logits, firstEndSeconds, stepSeconds, levelsDb } = told.ofScene.get('a.wav') as WindowLogits;
    const endsSeconds = [...filled.keys()].map((window) => firstEndSeconds + window * stepSeconds);
    expect(endsSeconds.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...endsSeconds)).toBeGreaterThan(1.5 + 0.375 - stepSeconds);
    expect(Math.max(...endsSeconds)).toBeLessThan(1.5 + 0.9 + stepSeconds);
    // The usual outputs do not know of it: calibration is fitted to them alone.
    expect(levelsDb).toHaveLength(24);
    expect(logits).toHaveLength(24 * whole.labels.length);
    for (const [window, again] of filled) {
      const usual = logits.subarray(window * again.length, (window + 1) * again.length);
      expect(largestDifference(again, usual)).toBeGreaterThan(0.1);
    }
    expect((await readSceneLogits(out))?.logits).toEqual(told);
    whole.dispose();
  });
});
