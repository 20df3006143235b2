import 'fake-indexeddb/auto';
import { readFile } from 'node:fs/promises';
import type { Remote } from 'comlink';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readAudioFile } from '../../../../cli/audio/audio-files';
import { newRecording } from '../../../../src/app/recordings/new-recording';
import { Recordings } from '../../../../src/app/recordings/recordings';
import type { RecordingsHost, RecordingsParts } from '../../../../src/app/recordings/recordings-parts';
import { until } from '../../../../src/app/state-holder';
import { defaultEventRules } from '../../../../src/shared/contracts/diary/event-rules';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import type { FeatureSpec } from '../../../../src/shared/contracts/model/feature-spec';
import type { Recording } from '../../../../src/shared/contracts/recordings/recording';
import type { RecordingsApi } from '../../../../src/shared/contracts/recordings/recordings-api';
import { encodeWav, toInt16 } from '../../../../src/shared/lib/files/wav';
import { RecordingsStore } from '../../../../src/store/recordings/recordings-store';
import { StoreWriter } from '../../../../src/store/store-writer';
import { RecordingsWorker } from '../../../../src/tagger/recordings/recordings-worker';
import { FakeLocks } from '../../support/locks';

const RATE_HZ = 32_000;
const MODEL = 'public/models/earmark-52';

let sound: Blob;
let spec: FeatureSpec;
let databases = 0;
beforeAll(async () => {
  spec = JSON.parse(await readFile(`${MODEL}/features.json`, 'utf8'));
  const demo = await readAudioFile('public/demo/sounds.mp3', RATE_HZ);
  sound = new Blob([encodeWav(toInt16(demo), RATE_HZ)]);
}, 120_000);

beforeEach(() => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async (address: URL) => {
    const bytes = await readFile(`${MODEL}/${address.pathname.split('/').at(-1)}`).catch(() => undefined);
    return bytes ? new Response(new Uint8Array(bytes)) : new Response(null, { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Recordings whose worker is part of the test. */
function openRecordings(
  database = `recordings ${databases++}`,
  locks?: LockManager,
  {
    makeApi = () => new RecordingsWorker() as object,
    store = RecordingsStore,
    openMicrophone = (() => Promise.reject(new Error('there is none'))) as RecordingsParts['openMicrophone'],
  } = {},
) {
  const writer = new StoreWriter(locks);
  const kept: unknown[] = [];
  const parts: RecordingsParts = {
    openStore: async () => new store(writer, database),
    writer,
    // Not over messages: those of Node make blobs of files, without their names.
    startWorker: async () => ({
      api: makeApi() as Remote<RecordingsApi>,
      died: new Promise<never>(() => undefined),
      terminate: () => undefined,
    }),
    openMicrophone,
  };
  const host: RecordingsHost = {
    choice: async () => ({
      modelUrl: 'http://localhost/models/earmark-52/',
      backend: 'cpu',
      head: 'shipped',
      rules: defaultEventRules,
    }),
    spec: async () => spec,
    microphone: { deviceId: '', voiceProcessing: false },
    keepSound: async (clip) => void kept.push(clip),
  };
  return { recordings: new Recordings(parts, host), kept, database };
}

function given(parts: readonly BlobPart[], name: string) {
  return Promise.resolve([{ file: new File([...parts], name, { lastModified: 1_700_000_000_000 }), folder: '' }]);
}

function longSound(): Blob {
  return new Blob([
    encodeWav(
      new Int16Array(30 * RATE_HZ).map((_, i) => 9000 * Math.sin(i / (3 + (i % 77)))),
      RATE_HZ,
    ),
  ]);
}

function settled({ state }: Recordings): boolean {
  return state.recordings.every(({ activity }) => activity === 'done' || activity === 'failed');
}

it('tags files one after another, keeps what a person says, and has all of it after a reload', async () => {
  const { recordings, kept, database } = openRecordings();
  await recordings.add(given([sound], 'demo_20250601_043000.wav'));
  await recordings.add(given([], 'empty.wav'));
  await recordings.add(given([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], 'picture.wav'));
  await until(recordings, () => settled(recordings));
  const [demo, empty, picture] = recordings.state.recordings;
  expect(demo).toMatchObject({ activity: 'done', start: { localTime: '2025-06-01T04:30:00', source: 'name' } });
  expect(demo?.seconds).toBeCloseTo(sound.size / 2 / RATE_HZ, 1);
  expect(empty?.problem).toEqual({ code: 'recording-unreadable', file: 'empty.wav', fault: 'empty' });
  expect(picture?.problem).toEqual({ code: 'recording-unreadable', file: 'picture.wav', fault: 'not-sound' });

  const id = demo?.id as string;
  const events = await recordings.events(id);
  expect(demo?.events).toBe(events.length);
  expect(events.map(({ label }) => label)).toContain('crow');
  const [first] = events;
  await recordings.judge(id, [first?.id as string], { answer: 'wrong' });
  await recordings.teach(id, 1, 3);
  expect(kept).toMatchObject([{ sampleRateHz: RATE_HZ, samples: { length: 2 * RATE_HZ } }]);

  const reloaded = openRecordings(database).recordings;
  await reloaded.open();
  expect(reloaded.state.recordings.map(({ name, activity }) => [name, activity])).toEqual([
    ['demo_20250601_043000.wav', 'done'],
    ['empty.wav', 'failed'],
    ['picture.wav', 'failed'],
  ]);
  expect((await reloaded.events(id))[0]?.verdict).toEqual({ answer: 'wrong' });
  // Its file went with the page: what is stored can still be looked at.
  const looked = await reloaded.look(id);
  expect(looked.hasFile).toBe(false);
  expect((await looked.tile(2, 0))?.bytes.length).toBeGreaterThan(0);
  looked.close();
});

it('asks for a file again that the browser no longer gives, and refuses another one', async () => {
  const { recordings, database } = openRecordings();
  // Long enough to be paused in the middle.
  const long = longSound();
  await recordings.add(given([long], 'demo.wav'));
  const id = recordings.state.recordings[0]?.id as string;
  await recordings.pause(id, true);
  expect(recordings.state.recordings[0]?.activity).toBe('paused');

  const reloaded = openRecordings(database).recordings;
  await reloaded.open();
  await reloaded.pause(id, false);
  await until(reloaded, ({ recordings: [first] }) => first?.activity === 'absent');
  await reloaded.giveAgain(id, new File(['other'], 'demo.wav'));
  expect(reloaded.state.problem).toEqual({ code: 'recording-changed', file: 'demo.wav' });
  await reloaded.giveAgain(id, new File([long], 'demo.wav'));
  await until(reloaded, () => settled(reloaded));
  expect(reloaded.state.recordings[0]?.activity).toBe('done');
  await reloaded.remove(id);
  expect(reloaded.state.recordings).toEqual([]);
  expect(await reloaded.events(id)).toEqual([]);
});

it('goes on with a recording whose file is chosen like a new one: it is no second row', async () => {
  const { recordings, database } = openRecordings();
  const long = longSound();
  await recordings.add(given([long], 'demo.wav'));
  const id = recordings.state.recordings[0]?.id as string;
  await recordings.pause(id, true);

  const reloaded = openRecordings(database).recordings;
  await reloaded.open();
  await reloaded.pause(id, false);
  await until(reloaded, ({ recordings: [first] }) => first?.activity === 'absent');
  // The first is another file of the same name.
  await reloaded.add(given([sound], 'demo.wav'));
  await reloaded.add(given([long], 'demo.wav'));
  await until(reloaded, () => settled(reloaded));
  expect(reloaded.state.recordings.map((recording) => [recording.id === id, recording.activity]).sort()).toEqual([
    [false, 'done'],
    [true, 'done'],
  ]);
});

it('takes over what another window did, once that one is closed', async () => {
  const locks = new FakeLocks();
  const first = locks.tab();
  const { recordings, database } = openRecordings(undefined, first);
  await recordings.open();
  const second = openRecordings(database, locks.tab()).recordings;
  await second.open();
  expect(second.state).toMatchObject({ elsewhere: true, recordings: [] });
  await recordings.add(given(['no sound'], 'note.txt'));
  const stored = new RecordingsStore(new StoreWriter(undefined), database);
  await expect.poll(async () => (await stored.list())[0]?.status).toBe('failed');
  first.close();
  await until(second, ({ elsewhere }) => !elsewhere);
  expect(second.state.recordings).toMatchObject([{ name: 'note.txt', activity: 'failed' }]);
});

it('sets damaged rows aside, and works with all others', async () => {
  const { recordings, database } = openRecordings();
  await recordings.add(given(['no sound'], 'note.txt'));
  await until(recordings, () => recordings.state.recordings.length > 0 && settled(recordings));
  const broken = { id: 'broken', name: 'broken.wav' } as unknown as Recording;
  await new RecordingsStore(new StoreWriter(undefined), database).add(broken);
  const reloaded = openRecordings(database).recordings;
  await reloaded.open();
  await until(reloaded, ({ damaged }) => damaged.length > 0);
  expect(reloaded.state.recordings).toMatchObject([{ name: 'note.txt' }]);
  expect(reloaded.state.damaged).toMatchObject([{ store: 'recordings', key: 'broken', name: 'broken.wav' }]);
  expect(JSON.parse((await (await reloaded.exportDamaged())?.text()) ?? '')).toMatchObject([{ row: broken }]);
  await reloaded.removeDamaged();
  expect(reloaded.state).toMatchObject({ damaged: [], recordings: [{ name: 'note.txt' }] });
});

it('shows at once what a backup brings, and plays it when its file is chosen', async () => {
  const { recordings, database } = openRecordings();
  await recordings.open();
  const restored = {
    ...newRecording({ id: 'night', file: new File([sound], 'night.wav'), folder: '', place: 'page' }),
  };
  const event = { id: 'drawn', label: 'owl', labelName: 'Owl', startSeconds: 1, endSeconds: 2 };
  // The part that restores backups has a store of its own.
  const store = new RecordingsStore(new StoreWriter(undefined), database);
  await store.addMissing({ ...restored, status: 'done', seconds: 9, doneSeconds: 9, settledSeconds: 9 }, [event]);
  await until(recordings, (state) => state.recordings.length === 1);
  expect(recordings.state.recordings).toMatchObject([{ name: 'night.wav', activity: 'done', events: 1 }]);
  expect((await recordings.look('night')).hasFile).toBe(false);

  await recordings.giveAgain('night', new File([sound], 'night.wav', { lastModified: 1_700_000_000_000 }));
  // It is not tagged again: that would replace what was found.
  expect(recordings.state.recordings).toMatchObject([{ activity: 'done', events: 1 }]);
  const looked = await recordings.look('night');
  expect(looked.hasFile).toBe(true);
  looked.close();
});

it('gives up a file whose drive does not answer, and goes on with the rest', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    /** Opens no file of this name. */
    class Stalling extends RecordingsWorker {
      override open(...[file, ...more]: Parameters<RecordingsWorker['open']>) {
        return file.name === 'far.wav' ? new Promise<never>(() => undefined) : super.open(file, ...more);
      }
    }
    const { recordings } = openRecordings(undefined, undefined, { makeApi: () => new Stalling() });
    await recordings.add(given([sound], 'far.wav'));
    await recordings.add(given([], 'empty.wav'));
    await until(recordings, (state) => state.recordings[0]?.activity === 'tagging');
    while (recordings.state.recordings[0]?.activity !== 'failed') {
      vi.advanceTimersByTime(10_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(recordings, () => settled(recordings));
    expect(recordings.state.recordings.map(({ problem }) => problem)).toEqual([
      { code: 'recording-unreadable', file: 'far.wav', fault: 'stalled' },
      { code: 'recording-unreadable', file: 'empty.wav', fault: 'empty' },
    ]);
  } finally {
    vi.useRealTimers();
  }
});

it('says that the disk is full, waits, and goes on when there is room again', async () => {
  let isFull = true;
  class FillingStore extends RecordingsStore {
    override async change(...change: Parameters<RecordingsStore['change']>) {
      if (isFull) throw new EarmarkError({ code: 'storage-full' });
      return super.change(...change);
    }
  }
  const { recordings } = openRecordings(undefined, undefined, { store: FillingStore });
  await recordings.add(given([sound], 'first.wav'));
  await recordings.add(given([sound], 'second.wav'));
  await until(recordings, (state) => state.recordings[0]?.activity === 'failed');
  // The second would find no room either.
  expect(recordings.state.recordings).toMatchObject([
    { activity: 'failed', problem: { code: 'storage-full' } },
    { activity: 'waiting' },
  ]);
  isFull = false;
  await recordings.pause(recordings.state.recordings[0]?.id as string, false);
  await until(recordings, () => settled(recordings));
  expect(recordings.state.recordings.map(({ activity }) => activity)).toEqual(['done', 'done']);
});

it('records once, however often the button is pressed, and again after a microphone that did not open', async () => {
  let opened = 0;
  let open = (): void => undefined;
  const { recordings } = openRecordings(undefined, undefined, {
    openMicrophone: async () => {
      opened++;
      await new Promise<void>((resolve) => {
        open = resolve;
      });
      throw new Error('it is in use');
    },
  });
  const pressed = Promise.all([recordings.startRecording(), recordings.startRecording()]);
  await vi.waitFor(() => expect(opened).toBe(1));
  open();
  await pressed;
  expect(opened).toBe(1);
  expect(recordings.state.recorder).toBeUndefined();
  expect(recordings.state.problem).toMatchObject({ detail: 'it is in use' });

  const again = recordings.startRecording();
  await vi.waitFor(() => expect(opened).toBe(2));
  open();
  await again;
});
