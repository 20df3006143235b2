import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readAudioFile } from '../../../cli/audio/audio-files';
import type { EventLine } from '../../../cli/earmark/listen/event-line';
import { Listener } from '../../../cli/earmark/listen/listener';
import { namedHead } from '../../../cli/earmark/tag/settings';
import { judgedScenes } from '../../../cli/scenes/judged-scenes';
import { detectEvents } from '../../../cli/scenes/scene-events';
import { tagSamples as tagScene } from '../../../cli/scenes/scene-logits';
import type { EventChange } from '../../../library/api';
import { tagSamples, tagStream } from '../../../library/hearing';
import { listenAtPort } from '../../../library/port-listening';
import { defaultThresholds, modelThresholds } from '../../../src/events/thresholds';
import { NetworkModel } from '../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../src/model/folder/node';
import type { PieceMessage } from '../../../src/shared/contracts/capture-messages';
import type { HeardEvent } from '../../../src/shared/contracts/diary/heard';
import type { Thresholds } from '../../../src/shared/contracts/model/model-figures';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { Tagger } from '../../../src/tagger/tagger';
import { whiteNoise } from '../support/random';

const modelFolder = `public/models/${SHIPPED_MODEL}`;
const RATE_HZ = 32_000;
const QUIET_SECONDS = 4;
/** From one window to the next. */
const STEP_SECONDS = 0.125;
/** Four hops, as the capture worklet sends them. */
const PIECE_SAMPLES = 2000;
/**
 * The page's first window ends with the second column, when its first piece has come; others with the eighth. So much silence
 * before the sound gives the page the same windows.
 */
const SILENCE_SAMPLES = 2 * 500;
/** A piece ends so long after its last column, and with it the page's window. */
const COLUMN_SECONDS = 500 / RATE_HZ;
/** What the sound may be, and its threshold here: more than any whole window gives it, and less than windows that the sound fills need. */
const LABEL = 'music';
const THRESHOLD = 0.4;

/** An event of the label: when it began, and what its probability had to reach. */
interface Heard {
  readonly startSeconds: number;
  readonly threshold: number;
}

describe('a sudden sound', { timeout: 120_000 }, () => {
  let model: NetworkModel;
  /** Half a second of a guitar after noise: whole windows, which hold mostly noise, are never sure that it is music. */
  let sound: Float32Array;
  beforeAll(async () => {
    const shipped = await openModelFolder(modelFolder);
    const { labels, folder } = shipped;
    const thresholds = folder.thresholds as Thresholds;
    const own = thresholds.default.map((on, i) => (labels[i]?.id === LABEL ? THRESHOLD : on));
    shipped.dispose();
    model = await NetworkModel.create({ ...folder, thresholds: { ...thresholds, default: own } });
    const guitar = await readAudioFile('test/sounds/guit_e_slide.flac', RATE_HZ);
    const onset = QUIET_SECONDS * RATE_HZ;
    sound = whiteNoise(7 * RATE_HZ, 1).map((sample) => 0.0005 * sample);
    for (let i = 0; i < RATE_HZ / 2; i++) sound[onset + i] = (sound[onset + i] as number) + (guitar[i] as number);
  });
  afterAll(() => model.dispose());

  async function* pieces(samples = sound): AsyncGenerator<Float32Array> {
    for (let at = 0; at < samples.length; at += PIECE_SAMPLES) yield samples.slice(at, at + PIECE_SAMPLES);
  }

  /** Sends pieces one by one, each when the one before has been heard. */
  async function playTo(port: MessagePort): Promise<void> {
    let returned = (): void => undefined;
    port.onmessage = () => returned();
    const late = new Float32Array(SILENCE_SAMPLES + sound.length);
    late.set(sound, SILENCE_SAMPLES);
    let heard = -SILENCE_SAMPLES;
    for await (const part of pieces(late)) {
      const samples = Float32Array.from(part);
      heard += samples.length;
      const piece: PieceMessage = { samples, endSeconds: heard / RATE_HZ, waitingPieces: 0, droppedPieces: 0 };
      const isBack = new Promise<void>((resolve) => (returned = resolve));
      port.postMessage(piece, [samples.buffer]);
      await isBack;
      // The network answers within a turn of the event loop or two: WASM computes at once.
      for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setTimeout(resolve));
    }
    port.close();
  }

  async function inThePage(): Promise<Heard[]> {
    const report = { taken: 'wasm', why: 'asked-for', tagsPerSecond: 8, roomMs: 63, trials: [] } as const;
    const tagger = new Tagger({
      openModel: async () => ({ model, report }),
      openExemplars: () => Promise.reject(new Error('nobody trains')),
      tensorCount: () => 0,
      deviceLost: () => new Promise<string>(() => undefined),
    });
    await tagger.load('http://localhost/model/', 'auto', 8);
    const { port1, port2 } = new MessageChannel();
    const events = new Map<string, HeardEvent>();
    await tagger.listen(
      port2,
      RATE_HZ,
      () => undefined,
      (problem) => expect.unreachable(JSON.stringify(problem)),
      (heard) => {
        for (const event of heard.events) events.set(event.id, event);
      },
    );
    // The device's clock is read at the end of the first piece.
    const now = vi.spyOn(Date, 'now').mockReturnValue((1000 * (PIECE_SAMPLES - SILENCE_SAMPLES)) / RATE_HZ);
    await playTo(port1);
    await tagger.stop();
    now.mockRestore();
    return [...events.values()]
      .filter(({ label }) => label === LABEL)
      .map(({ startMs, threshold }) => ({ startSeconds: startMs / 1000, threshold }));
  }

  async function byEarmarkListen(): Promise<Heard[]> {
    const settings = { modelFolder, headFile: undefined, threshold: undefined, labels: undefined };
    const head = await namedHead(model.folder, { ...settings, overlapSeconds: undefined });
    const lines: EventLine[] = [];
    const output = { event: (line: EventLine) => lines.push(line) };
    let samples = 0;
    const nowMs = (): number => (1000 * samples) / RATE_HZ;
    const listener = new Listener({ source: '-', model, head, outputs: [output], nowMs });
    await listener.hear(
      (async function* () {
        for await (const piece of pieces()) {
          samples += piece.length;
          yield piece;
        }
      })(),
    );
    return lines
      .filter(({ kind, label }) => kind === 'end' && label === LABEL)
      .map(({ start, threshold }) => ({ startSeconds: Date.parse(start) / 1000, threshold }));
  }

  const heardIn = (changes: readonly EventChange[]): Heard[] =>
    changes
      .filter(({ kind, event }) => kind === 'end' && event.label === LABEL)
      .map(({ event: { startSeconds, threshold } }) => ({ startSeconds, threshold }));

  async function byTheLibraryInNode(): Promise<Heard[]> {
    const all: EventChange[] = [];
    await tagStream(model, pieces(), RATE_HZ, 'auto', (_, changes) => all.push(...changes));
    return heardIn(all);
  }

  async function byTheLibraryInBrowsers(threshold: 'auto' | number = 'auto'): Promise<Heard[]> {
    const all: EventChange[] = [];
    const { port1, port2 } = new MessageChannel();
    const session = listenAtPort({
      model,
      threshold,
      port: port2,
      sampleRateHz: RATE_HZ,
      onWindow: () => undefined,
      onEvent: (change) => all.push(change),
      onFailure: (cause) => expect.unreachable(String(cause)),
    });
    await playTo(port1);
    session.stop();
    const silence = SILENCE_SAMPLES / RATE_HZ;
    return heardIn(all).map(({ startSeconds, threshold: on }) => ({
      startSeconds: startSeconds - silence,
      threshold: on,
    }));
  }

  async function inScenes(): Promise<Heard[]> {
    const labels = model.labels.map(({ id }) => id);
    const ofScene = new Map([['a.wav', await tagScene(model, sound, 8)]]);
    const set = { root: '', scenes: [{ file: 'a.wav', seconds: 7, kind: 'events', events: [] }] };
    const { head, thresholds } = model.folder;
    const scenes = await judgedScenes(set, { labels, windowSeconds: 1.92, ofScene }, model.labels, head);
    const on = defaultThresholds({ labels, model: thresholds }).map(modelThresholds);
    return scenes
      .flatMap((scene) => detectEvents(scene, on))
      .filter(({ label }) => labels[label] === LABEL)
      .map(({ startSeconds, threshold }) => ({ startSeconds, threshold }));
  }

  it('gives the same event in the page, on the command line, in the library and in scenes', async () => {
    const page = await inThePage();
    expect(page).toHaveLength(1);
    const { startSeconds, threshold } = page[0] as Heard;
    expect(Math.abs(startSeconds - QUIET_SECONDS)).toBeLessThan(STEP_SECONDS);
    const others = {
      listen: await byEarmarkListen(),
      libraryInNode: await byTheLibraryInNode(),
      libraryInBrowsers: await byTheLibraryInBrowsers(),
      scenes: await inScenes(),
    };
    for (const [path, heard] of Object.entries(others)) {
      expect(heard, path).toHaveLength(1);
      expect(Math.abs((heard[0] as Heard).startSeconds - startSeconds), path).toBeLessThan(COLUMN_SECONDS);
      expect(heard[0]?.threshold, path).toBe(threshold);
    }
  });

  it('is no event at a threshold that the person chose, nor in a file, which nobody waits for', async () => {
    expect(await byTheLibraryInBrowsers(THRESHOLD)).toEqual([]);
    const { events } = await tagSamples(model, sound, RATE_HZ, 'auto');
    expect(events.filter(({ label }) => label === LABEL)).toEqual([]);
  });
});
