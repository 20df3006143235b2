import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logitsScorer } from '../../../../cli/clips/clip-logits';
import { fitToScenes } from '../../../../cli/scenes/fit-to-scenes';
import { steepRule } from '../../../../src/events/onset-finder';
import { eventTiming } from '../../../../src/events/timing';
import { sigmoid } from '../../../../src/shared/lib/math/sigmoid';

const WINDOWS = 8 * 600;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earmark-fit-'));
  await mkdir(join(root, 'model'));
  const label = (id: string) => ({ id, name: id, group: 'animals', audioSet: [`/m/${id}`] });
  await writeFile(join(root, 'model', 'labels.json'), JSON.stringify([label('dog'), label('cat')]));
  // Ten minutes: the dog sounds in the last five seconds of each, the cat never, though it is given once for 3 s.
  const minutes = Array.from({ length: 10 }, (_, i) => `a.wav,${60 * i + 55},${60 * i + 60},dog,,yes\n`);
  await mkdir(join(root, 'fit'));
  await writeFile(join(root, 'fit', 'scenes.csv'), 'file,seconds,kind,background\na.wav,600,events,fan\n');
  await writeFile(join(root, 'fit', 'events.csv'), `file,onset,end,sound,audioSet,certain\n${minutes.join('')}`);
  const logits = new Float32Array(WINDOWS * 2).fill(-4);
  for (let i = 0; i < WINDOWS; i++) {
    if ((i * 0.125) % 60 > 55) logits[2 * i] = 4;
    if (i * 0.125 > 100 && i * 0.125 < 103) logits[2 * i + 1] = 2;
  }
  await writeOutputs('outputs', 'a.wav', logits);
});
afterAll(() => rm(root, { recursive: true }));

const today = { ...steepRule, riseDb: eventTiming.steepRiseDb };

async function writeOutputs(
  name: string,
  file: string,
  logits: Float32Array,
  labels = ['dog', 'cat'],
  steep: typeof today | undefined = today,
): Promise<void> {
  await mkdir(join(root, name));
  const scenes = [{ file, firstEndSeconds: 0.125, windows: WINDOWS }];
  const index = { labels, windowSeconds: 1.92, tagsPerSecond: 8, backbone: 'any', steep, scenes };
  await writeFile(join(root, name, 'index.json'), JSON.stringify(index));
  const levels = new Float32Array(WINDOWS).fill(-40);
  await writeFile(
    join(root, name, 'logits.f32'),
    Buffer.concat([Buffer.from(logits.buffer), Buffer.from(levels.buffer)]),
  );
}

const tagged = (outputs: string) => ({ scenes: join(root, 'fit'), outputs: join(root, outputs) });
const fitTo = (...outputs: string[]) => fitToScenes(outputs.map(tagged), join(root, 'model'), undefined);

describe('a model folder fitted to scenes', () => {
  it('gets a line per label, and thresholds that no false alarm passes', async () => {
    const { from, calibration, thresholds } = await fitTo('outputs');
    expect(from).toBe('1 scenes of “fit”, 0.17 hours');
    // A dog's window is nearly always one where it gave 4: the last windows of an event hold it too, with −4.
    const [scale, offset] = [calibration.scale[0] as number, calibration.offset[0] as number];
    expect(sigmoid(4 * scale + offset)).toBeGreaterThan(0.9);
    expect(sigmoid(-4 * scale + offset)).toBeLessThan(0.1);
    // The cat has no positive: it gets the common line, and its one burst is a false alarm, 6 an hour.
    const cat = sigmoid(2 * (calibration.scale[1] as number) + (calibration.offset[1] as number));
    expect(thresholds.default[1]).toBeGreaterThan(cat);
    expect((thresholds.default[1] as number) - cat).toBeLessThan(0.05);
    expect(thresholds.default[0]).toBeCloseTo(0.12, 6);
    expect(thresholds.precision95[1]).toBeNull();
    expect(thresholds.precision95[0]).toBeCloseTo(sigmoid(4 * scale + offset), 4);
  });

  it('keeps thresholds that hold on other scenes too', async () => {
    // There the network is surer of a cat that does not sound.
    const surer = new Float32Array(WINDOWS * 2).fill(-4);
    for (let i = 800; i < 824; i++) surer[2 * i + 1] = 3;
    await writeOutputs('cats', 'a.wav', surer);
    const alone = await fitTo('outputs');
    const both = await fitTo('outputs', 'cats');
    expect(both.from).toBe('1 scenes of “fit”, 0.17 hours, 1 scenes of “fit”, 0.17 hours');
    const cat = sigmoid(3 * (both.calibration.scale[1] as number) + (both.calibration.offset[1] as number));
    expect(both.thresholds.default[1]).toBeGreaterThan(cat);
    expect(both.thresholds.default[1]).toBeGreaterThan((alone.thresholds.default[1] as number) + 0.01);
  });

  it('suits clips as well: what their windows tell is more probable there than at a moment', async () => {
    const clips = Array.from({ length: 40 }, (_, i) => ({ file: `${i}.wav`, labels: ['cat'], logits: [[-4, 0]] }));
    const file = { labels: ['dog', 'cat'], clips };
    const both = await fitToScenes([tagged('outputs')], join(root, 'model'), file);
    expect(both.from).toBe('1 scenes of “fit”, 0.17 hours, 40 clips');
    const [, offset] = both.calibration.offset as [number, number];
    const [dog, cat] = (await logitsScorer(file, both.calibration).score('0.wav')) as unknown as [number, number];
    expect(sigmoid(offset)).toBeLessThan(0.5);
    expect(cat).toBeGreaterThan(0.9);
    expect(dog).toBeLessThan(0.1);
    expect((await fitTo('outputs')).calibration).not.toHaveProperty('clip');
    await expect(fitToScenes([tagged('outputs')], join(root, 'model'), { ...file, labels: ['cow'] })).rejects.toThrow(
      'the clips’ outputs are of a model with other labels',
    );
  });

  it('is not fitted to the outputs of other scenes or labels, or to none', async () => {
    await writeOutputs('other-scene', 'b.wav', new Float32Array(WINDOWS * 2));
    await expect(fitTo('other-scene')).rejects.toThrow(/other-scene has no outputs for a\.wav/);
    await writeOutputs('other-labels', 'a.wav', new Float32Array(WINDOWS * 2), ['dog', 'cow']);
    await expect(fitTo('other-labels')).rejects.toThrow(/other-labels are of a model with other labels/);
    await writeOutputs('other-rise', 'a.wav', new Float32Array(WINDOWS * 2), ['dog', 'cat'], { ...today, riseDb: 7 });
    await expect(fitTo('other-rise')).rejects.toThrow(/other-rise lack windows that are heard again after a rise/);
    await expect(fitTo('nowhere')).rejects.toThrow(/nowhere has no outputs/);
  });
});
