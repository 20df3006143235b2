import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAudioFile } from '../../../../cli/audio/audio-files';
import type { NetworkModel } from '../../../../src/model/engine/loaded-model';
import { openModelFolder } from '../../../../src/model/folder/node';
import { defaultEventRules } from '../../../../src/shared/contracts/diary/event-rules';
import type { RecordingEvent, Tile } from '../../../../src/shared/contracts/recordings/recording';
import type { TaggingReport, TaggingRequest } from '../../../../src/shared/contracts/recordings/recordings-api';
import type { SoundFile } from '../../../../src/sound/sound-file';
import { ActiveHeads } from '../../../../src/tagger/live/active-heads';
import { FileTagging } from '../../../../src/tagger/recordings/file-tagging';

const RATE_HZ = 32_000;

let model: NetworkModel;
let sound: SoundFile;
beforeAll(async () => {
  model = await openModelFolder('public/models/earmark-52');
  const demo = await readAudioFile('public/demo/sounds.mp3', RATE_HZ);
  // Three minutes in which the demo's sounds come back, with pauses in which everything ends.
  const samples = new Float32Array(180 * RATE_HZ);
  for (let at = 0; at + demo.length < samples.length; at += demo.length + 7 * RATE_HZ) samples.set(demo, at);
  sound = {
    container: 'WAV',
    codec: 'PCM',
    bitsPerSample: 16,
    channels: 1,
    sampleRateHz: RATE_HZ,
    decoder: 'test',
    startTime: undefined,
    claimedSeconds: 180,
    async *readPieces(startSeconds = 0) {
      for (let at = Math.round(startSeconds * RATE_HZ); at < samples.length; at += 50_000) {
        yield [samples.slice(at, at + 50_000)];
      }
    },
  };
  // A busy machine reads a model slowly.
}, 120_000);
afterAll(() => model.dispose());

/** What a page has stored. */
interface Stored {
  readonly events: Map<string, RecordingEvent>;
  readonly tiles: Map<string, Tile>;
  settledSeconds: number;
  doneSeconds: number;
}

function nothing(): Stored {
  return { events: new Map(), tiles: new Map(), settledSeconds: 0, doneSeconds: 0 };
}

/** Tags from a place on, and stores what is reported as the page does. @param stopAfter reports. */
async function tag(stored: Stored, fromSeconds: number, stopAfter = Number.POSITIVE_INFINITY) {
  const { active } = ActiveHeads.of(['shipped'], model.folder);
  const request = {
    fromSeconds,
    settledSeconds: fromSeconds === 0 ? 0 : stored.settledSeconds,
    begun: [...stored.tiles.values()].filter(({ level }) => level > 2),
  } as unknown as TaggingRequest;
  const tagging = new FileTagging(model, active, defaultEventRules, request);
  let reports = 0;
  return tagging.run(sound, ({ events, tiles, settledSeconds, doneSeconds }: TaggingReport) => {
    for (const event of events) stored.events.set(event.id, event);
    for (const tile of tiles) stored.tiles.set(`${tile.level} ${tile.index}`, tile);
    stored.settledSeconds = settledSeconds;
    stored.doneSeconds = doneSeconds;
    if (++reports >= stopAfter) tagging.stop();
  });
}

it('finds the same after it was stopped as without a stop', async () => {
  const whole = nothing();
  const end = await tag(whole, 0);
  expect([end.stopped, end.seconds, end.head]).toEqual([false, 180, 'shipped']);
  expect(whole.events.size).toBeGreaterThan(5);

  const resumed = nothing();
  expect((await tag(resumed, 0, 2)).stopped).toBe(true);
  expect(resumed.doneSeconds).toBe(128);
  // The page goes on at a border between tiles, well before what is settled.
  await tag(resumed, 64);
  expect([...resumed.events.keys()].sort()).toEqual([...whole.events.keys()].sort());
  for (const [id, event] of whole.events) {
    const other = resumed.events.get(id) as RecordingEvent;
    expect(other.endSeconds).toBeCloseTo(event.endSeconds, 3);
    expect(other.found?.peakProbability).toBeCloseTo(event.found?.peakProbability as number, 3);
  }
  expect([...resumed.tiles.keys()].sort()).toEqual([...whole.tiles.keys()].sort());
  for (const [key, { bytes }] of whole.tiles) expect(resumed.tiles.get(key)?.bytes, key).toEqual(bytes);
});
