import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClipLine, EventLine } from '../../../../../cli/earmark/listen/event-line';
import { ListeningRun } from '../../../../../cli/earmark/listen/listening-run';
import { ClipFolder } from '../../../../../cli/earmark/listen/outputs/clip-folder';
import { type NamedHead, namedHead } from '../../../../../cli/earmark/tag/settings';
import type { NetworkModel } from '../../../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../../../src/model/folder/node';
import { decodeWav, fromInt16 } from '../../../../../src/shared/lib/files/wav';
import { whiteNoise } from '../../../support/random';

const RATE_HZ = 32_000;
const START_MS = Date.UTC(2026, 5, 1, 20);
const modelFolder = join(import.meta.dirname, '../../../../../public/models/earmark-52');

let model: NetworkModel;
let head: NamedHead;
beforeAll(async () => {
  model = await openModelFolder(modelFolder);
  const settings = { modelFolder, headFile: undefined, threshold: 0.05, labels: undefined, overlapSeconds: undefined };
  head = await namedHead(model.folder, settings);
});
afterAll(() => model.dispose());

let folder = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clips-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const say = (sentence: string): void => void said.push(sentence);

/** Ten seconds of near silence, six of noise that grows and fades, and ten of near silence, of 16 bit. */
const sound = Int16Array.from(whiteNoise(26 * RATE_HZ, 3), (x, i) => {
  const noise = (i / RATE_HZ - 10) / 6;
  const loudness = noise > 0 && noise < 1 ? 0.3 * Math.sin(Math.PI * noise) ** 2 : 0.0005;
  return Math.round(32_767 * loudness * x);
});

interface Told {
  readonly events: EventLine[];
  readonly clips: ClipLine[];
}

/** Hears samples in pieces of a tenth of a second. */
async function hear(samples: Int16Array, clips: ClipFolder, by: NamedHead = head): Promise<Told> {
  const told: Told = { events: [], clips: [] };
  let heard = 0;
  async function* pieces(): AsyncGenerator<Float32Array> {
    while (heard < samples.length) {
      const piece = samples.subarray(heard, heard + RATE_HZ / 10);
      heard += piece.length;
      yield fromInt16(piece);
    }
  }
  const output = {
    event: (line: EventLine) => void told.events.push(line),
    clip: (line: ClipLine) => void told.clips.push(line),
  };
  const nowMs = (): number => START_MS + (1000 * heard) / RATE_HZ;
  const run = new ListeningRun({ source: '-', model, head: by, outputs: [output], clips, nowMs });
  await run.hear(
    (async function* () {
      yield pieces();
    })(),
  );
  await run.end();
  return told;
}

function samplesOf(file: string): Int16Array {
  const bytes = readFileSync(file);
  const wav = decodeWav(new Uint8Array(bytes).buffer);
  expect(wav?.sampleRateHz).toBe(RATE_HZ);
  return wav?.samples as Int16Array;
}

/** The head with a threshold that only the label of that event reaches, so that nothing else is told. */
function only(label: string): NamedHead {
  const off = { on: Number.POSITIVE_INFINITY, off: Number.POSITIVE_INFINITY };
  return { ...head, thresholds: head.thresholds.map((own, i) => (head.labels[i]?.id === label ? own : off)) };
}

async function aLabelThatSounds(): Promise<string> {
  const other = mkdtempSync(join(tmpdir(), 'clips-'));
  const { events, clips } = await hear(sound, new ClipFolder(other, 1e9, say));
  rmSync(other, { recursive: true });
  const found = events.find(
    ({ kind, id, start }) =>
      kind === 'end' && clips.some((clip) => clip.id === id) && Date.parse(start) > START_MS + 9000,
  );
  if (!found) throw new Error('nothing was heard in the noise');
  return found.label;
}

describe('a clip', () => {
  it('is the source’s sound, sample by sample, from before the onset to after the end', async () => {
    const label = await aLabelThatSounds();
    const { events, clips } = await hear(sound, new ClipFolder(folder, 1e9, say), only(label));
    const [end] = events.filter(({ kind }) => kind === 'end');
    const [clip] = clips.filter(({ id }) => id === end?.id);
    if (!end || !clip) throw new Error('there is no clip');
    const cut = samplesOf(clip.file);
    const first = Math.round(((Date.parse(clip.start) - START_MS) / 1000) * RATE_HZ);
    // The time is in whole milliseconds, the samples are not.
    const starts = Array.from({ length: 65 }, (_, i) => first - 32 + i);
    const exact = starts.filter((at) => at >= 0 && cut.every((sample, i) => sample === sound[at + i]));
    expect(exact).toHaveLength(1);
    const [startSeconds, endSeconds] = [end.start, end.end].map((time) => (Date.parse(time) - START_MS) / 1000);
    const clipStart = (exact[0] as number) / RATE_HZ;
    expect(startSeconds).toBeGreaterThan(clipStart);
    expect((startSeconds as number) - clipStart).toBeCloseTo(5, 1);
    expect(clipStart + cut.length / RATE_HZ - (endSeconds as number)).toBeCloseTo(2, 1);
    // The noise begins at 10 s: it lies inside.
    expect(clipStart).toBeLessThan(10);
    expect(clip.seconds).toBeCloseTo(cut.length / RATE_HZ, 6);
    expect(clip.file).toContain(`_${label}_${end.probability.toFixed(2)}_${end.id}.wav`);
    expect(readdirSync(folder)).toHaveLength(clips.length);
    expect(said).toEqual([]);
  });

  it('is not kept if someone speaks, as in the page', async () => {
    const label = await aLabelThatSounds();
    const speech = head.labels.findIndex(({ id }) => id === 'speech');
    expect(speech).toBeGreaterThanOrEqual(0);
    // A head that takes every sound for speech, of 0.3 and more.
    const bias = head.head.bias.slice();
    bias[speech] = 50;
    const overheard = { ...only(label), head: { ...head.head, bias } };
    const { events, clips } = await hear(sound, new ClipFolder(folder, 1e9, say), overheard);
    expect(events.filter(({ kind }) => kind === 'end').length).toBeGreaterThan(0);
    expect(clips).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the folder of clips', () => {
  const clip = (event: string, seconds: number, startMs = START_MS) => ({
    event,
    startMs,
    samples: new Int16Array(RATE_HZ * seconds).fill(1000),
    sampleRateHz: RATE_HZ,
  });
  const BYTES = 64_044;

  it('stays within its budget: the weakest of the label with most room goes, and rare ones stay', async () => {
    const clips = new ClipFolder(folder, 3 * BYTES, say);
    const written: string[] = [];
    const save = (event: string, label: string, peakProbability: number): void =>
      clips.save(clip(event, 1), { label, peakProbability }, ({ id }) => written.push(id));
    save('rare', 'owl', 0.2);
    save('weak', 'dog', 0.5);
    save('strong', 'dog', 0.9);
    save('newest', 'dog', 0.6);
    await clips.close();
    expect(written).toEqual(['rare', 'weak', 'strong', 'newest']);
    const kept = readdirSync(folder).map((name) => /_([a-z]+)\.wav$/.exec(name)?.[1]);
    expect(kept.sort()).toEqual(['newest', 'rare', 'strong']);
    // A later run knows what is there, and touches nothing else.
    writeFileSync(join(folder, 'mine.wav'), Buffer.alloc(10 * BYTES));
    const later = new ClipFolder(folder, 2 * BYTES, say);
    later.save(clip('last', 1, START_MS + 1), { label: 'dog', peakProbability: 0.7 }, () => undefined);
    await later.close();
    const names = readdirSync(folder);
    expect(names).toContain('mine.wav');
    const ours = names.filter((name) => name !== 'mine.wav').map((name) => /_([a-z]+)\.wav$/.exec(name)?.[1]);
    // The new one is weaker than the strongest dog, and is not written at all.
    expect(ours.sort()).toEqual(['rare', 'strong']);
    const bytes = names.filter((name) => name !== 'mine.wav').map((name) => statSync(join(folder, name)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2 * BYTES);
  });

  it('says that a clip cannot be written, leaves nothing half, and goes on', async () => {
    const clips = new ClipFolder(folder, 1e9, say);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file stands where the folder was');
    const written: string[] = [];
    clips.save(clip('a', 1), { label: 'dog', peakProbability: 0.9 }, ({ id }) => written.push(id));
    await clips.close();
    expect(said[0]).toMatch(/_a\.wav cannot be written: .+\. The listening goes on\.$/);
    rmSync(folder);
    clips.save(clip('b', 1), { label: 'dog', peakProbability: 0.9 }, ({ id }) => written.push(id));
    await clips.close();
    expect(written).toEqual(['b']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is refused if it cannot be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => new ClipFolder(join(file, 'clips'), 1e9, say)).toThrow(
      /clips cannot be written into .+: a part of its path is no folder/,
    );
  });
});
