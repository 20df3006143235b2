import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaveTarget } from '../../../../src/app/files/save-file';
import { Teach } from '../../../../src/app/teach/teach';
import type { TeachHost, TeachParts } from '../../../../src/app/teach/teach-parts';
import { EarmarkError } from '../../../../src/shared/contracts/messages/problem';
import type { Head, HeadProof, TrainingProgress, TrainingRequest } from '../../../../src/shared/contracts/model/head';
import { lastLabelsSchema, unsavedEditSchema } from '../../../../src/shared/contracts/remembered';
import type { Settings } from '../../../../src/shared/contracts/settings';
import type { CapturedSound, HeadChoice, ModelInfo } from '../../../../src/shared/contracts/tagger-api';
import { toInt16 } from '../../../../src/shared/lib/files/wav';
import { Backup } from '../../../../src/store/backup/backup';
import { ClipLibrary } from '../../../../src/store/clips/clip-library';
import { EmbeddingCache } from '../../../../src/store/clips/embedding-cache';
import type { Database } from '../../../../src/store/database';
import { DIARY_CHANNEL } from '../../../../src/store/diary/event-changes';
import { HeadLibrary } from '../../../../src/store/head-library';
import { RecordingsStore } from '../../../../src/store/recordings/recordings-store';
import { remembered } from '../../../../src/store/remembered';
import { SetAside } from '../../../../src/store/set-aside';
import { defaultSettings } from '../../../../src/store/settings';
import { StoreWriter } from '../../../../src/store/store-writer';
import { symmetricSpec } from '../../../support/feature-spec';
import { bell, countRecords, dog, newClip, openDatabase, useEmptyBrowser } from '../../support/library';
import { FakeLocks } from '../../support/locks';
import { whiteNoise } from '../../support/random';

vi.mock('comlink', () => ({ proxy: (value: unknown) => value, transfer: (value: unknown) => value }));

useEmptyBrowser();

const RATE_HZ = symmetricSpec.sampleRateHz;
const model = { name: 'fake', labels: [], spec: symmetricSpec, backbone: 'fake-1' } as unknown as ModelInfo;
const shippedAuc = { before: 1, after: 1 };
const proof: HeadProof = { folds: 0, clips: 1, labels: [], wrongClips: [], shippedAuc, advice: [] };

function headFrom({ id, name, createdAtMs }: Pick<TrainingRequest, 'id' | 'name' | 'createdAtMs'>): Head {
  const calibration = { scale: [1], offset: [0] };
  const weights = { kernel: new Float32Array([1]), bias: new Float32Array([0]) };
  return {
    id,
    name,
    createdAtMs,
    backbone: 'fake-1',
    labels: [{ ...dog, group: 'taught' }],
    ...weights,
    calibration,
    proof,
  };
}

/** What the browser remembers, by its own interface. */
function fakeStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

const storages = { session: fakeStorage(), local: fakeStorage() };
beforeEach(() => {
  Object.assign(storages, { session: fakeStorage(), local: fakeStorage() });
});

async function fakeTeach(settings: Partial<Settings> = {}, locks?: LockManager) {
  const writer = new StoreWriter(locks);
  const database = openDatabase(writer);
  let current: Settings = { ...defaultSettings, ...settings };
  const host: TeachHost = {
    get settings() {
      return current;
    },
    async changeSettings(change) {
      const before = current;
      current = { ...current, ...change };
      if (current.head !== before.head || current.comparedHead !== before.comparedHead) await teach.heads.apply();
    },
    modelNames: vi.fn(async () => ['fake', 'fake-large']),
  };
  const sound = (seconds: number): CapturedSound => ({
    samples: toInt16(whiteNoise(Math.round(seconds * RATE_HZ), 7)),
    sampleRateHz: RATE_HZ,
  });
  const api = {
    keepRecent: vi.fn(async (seconds: number) => sound(seconds)),
    startRecording: vi.fn(async () => {}),
    finishRecording: vi.fn(async () => sound(0.5)),
    setHeads: vi.fn(async (_: readonly HeadChoice[]) => {}),
    embedClip: vi.fn(async (_: CapturedSound) => new Float32Array([1, 2, 3])),
    trainHead: vi.fn(
      async (request: TrainingRequest, _: (progress: TrainingProgress) => void): Promise<Head | undefined> =>
        headFrom(request),
    ),
    stopTraining: vi.fn(async () => {}),
    exportHead: vi.fn(async () => new Blob(['head'])),
    importHead: vi.fn(async () => headFrom({ id: 'imported', name: 'Imported', createdAtMs: 1 })),
  };
  const saved: string[] = [];
  const files: File[] = [];
  const library = new ClipLibrary(database, async () => true);
  const heads = new HeadLibrary(database);
  const parts: TeachParts = {
    database,
    writer,
    library,
    heads,
    backup: new Backup(database, library, heads, new RecordingsStore(writer)),
    embeddings: new EmbeddingCache(database),
    setAside: new SetAside(database),
    storageRoom: async () => ({ usedBytes: 1, quotaBytes: 2, persisted: true }),
    play: vi.fn(() => () => {}),
    saveFile: (file, name) => {
      saved.push(name);
      files.push(new File([file], name));
    },
    chooseZip: vi.fn(async (name: string): Promise<SaveTarget | undefined> => ({ name })),
    unsavedEdit: remembered(() => storages.session, 'edit', unsavedEditSchema),
    lastLabels: remembered(() => storages.local, 'labels', lastLabelsSchema),
    loadLabelIds: () => import('../../../../src/ui/messages/label-ids'),
  };
  const teach = new Teach(parts, host);
  return {
    teach,
    api,
    parts,
    host,
    saved,
    files,
    start: () => Promise.all([teach.useWorker(api as never, model), teach.start()]),
  };
}

async function teaching(settings: Partial<Settings> = {}, locks?: LockManager) {
  const fake = await fakeTeach(settings, locks);
  await fake.start();
  return fake;
}

const whole = { startSeconds: 0, endSeconds: Number.POSITIVE_INFINITY };

describe('Teach: what is damaged', () => {
  it('is reported, exported and deleted', async () => {
    const fake = await fakeTeach();
    await fake.parts.library.add(newClip(1));
    await (fake.parts.database as Database).write(['labels'], (transaction) =>
      transaction.objectStore('labels').put({ id: 'nameless' } as never),
    );
    await fake.start();
    expect(fake.teach.state.clips).toHaveLength(1);
    expect(fake.teach.state.setAside).toMatchObject([{ store: 'labels', key: 'nameless', why: 'missing' }]);
    await fake.teach.clips.exportSetAside();
    expect(fake.saved).toEqual(['earmark-damaged.zip']);
    await fake.teach.clips.deleteSetAside();
    expect(fake.teach.state).toMatchObject({ setAside: [], problems: [] });
    expect(fake.teach.state.clips).toHaveLength(1);
  });
});

describe('Teach: keeping', () => {
  it('saves what was heard before showing it, as a clip to be labelled', async () => {
    const { teach, api, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    expect(api.keepRecent).toHaveBeenCalledWith(1);
    const [clip] = await parts.library.list();
    expect(clip).toMatchObject({ reviewed: false, labels: [], sampleCount: RATE_HZ });
    expect(teach.state.draft?.clip).toEqual(clip);
    expect(teach.state.clips).toEqual([clip]);
    // One value a band and column; both ends of an outline.
    expect((teach.state.draft?.picture?.columns.length ?? 0) % symmetricSpec.melBands).toBe(0);
    expect(Math.max(...(teach.state.draft?.picture?.peaks ?? []))).toBeGreaterThan(0);
  });

  it('opens kept sounds with the label that the person is teaching, until they stop', async () => {
    const { teach, parts } = await teaching();
    await teach.drafts.startTeaching(' Kettle ');
    await teach.snippets.keepRecent(1);
    expect(teach.state.draft?.labels).toEqual([{ id: 'kettle', name: 'Kettle' }]);
    // Nothing is saved that the person has not pressed Save for.
    expect((await parts.library.list())[0]).toMatchObject({ labels: [], reviewed: false });
    teach.drafts.close();
    teach.drafts.endTeaching();
    await teach.drafts.open(teach.state.clips[0]?.id ?? '');
    expect(teach.state.draft?.labels).toEqual([]);
  });

  it('says why a word cannot be taught', async () => {
    const { teach } = await teaching();
    await teach.drafts.startTeaching('…');
    expect(teach.state).toMatchObject({ problems: [{ code: 'label-without-letters' }] });
    expect(teach.state.teaching).toBeUndefined();
  });

  it('keeps showing a sound for which there is no room, and says so', async () => {
    const { teach, parts } = await teaching();
    parts.library.add = async () => {
      throw new EarmarkError({ code: 'storage-full' });
    };
    await teach.snippets.keepRecent(1);
    expect(teach.state.problems).toMatchObject([{ code: 'storage-full' }]);
    expect(teach.state.draft?.samples).toHaveLength(RATE_HZ);
    expect(teach.state.draft?.clip).toBeUndefined();
  });

  const full = new EarmarkError({ code: 'storage-full' });
  const gone = new EarmarkError({ code: 'storage-evicted' });
  it.each<[string, (teach: Teach, clipId: string) => Promise<unknown>]>([
    ['a kept sound', (teach) => teach.snippets.keepRecent(2)],
    [
      'the editor',
      (teach) => teach.drafts.save({ name: 'Rex', labels: [dog], reviewed: true, startSeconds: 0, endSeconds: 1 }),
    ],
    ['changed labels', (teach, id) => teach.clips.relabel([id], { addLabels: [dog] })],
    [
      'an imported head',
      async (teach) => {
        const zips = [new File([await headZip()], 'head.zip')];
        await teach.transfers.importFiles(Promise.resolve({ sounds: [], zips, lists: [], others: 0 }));
      },
    ],
  ])('takes back that there is no room once %s was stored, and nothing else', async (_, save) => {
    const { teach } = await teaching();
    await teach.snippets.keepRecent(1);
    teach.notices.fail(full);
    teach.notices.fail(gone);
    teach.notices.fail(new EarmarkError({ code: 'too-few-clips' }));
    await save(teach, teach.state.clips[0]?.id ?? '');
    expect(teach.state.problems.map(({ code }) => code)).toEqual(['storage-evicted', 'too-few-clips']);
  });

  it('keeps saying that there is no room while nothing was stored', async () => {
    const { teach, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    teach.notices.fail(full);
    await teach.drafts.open(teach.state.clips[0]?.id ?? '');
    parts.library.add = async () => Promise.reject(full);
    await teach.snippets.keepRecent(2);
    await teach.clips.remove([teach.state.clips[0]?.id ?? '']);
    await teach.transfers.importFiles(Promise.resolve({ sounds: [], zips: [], lists: [], others: 1 }));
    expect(teach.state.problems).toMatchObject([{ code: 'storage-full' }]);
  });

  it('records between two presses, and to the end of listening', async () => {
    const { teach, api } = await teaching();
    await teach.snippets.startRecording();
    expect(teach.state.recordingSinceMs).toBeDefined();
    await teach.snippets.listeningEnds();
    expect(api.finishRecording).toHaveBeenCalledTimes(1);
    expect(teach.state.recordingSinceMs).toBeUndefined();
    expect(teach.state.draft?.samples).toHaveLength(RATE_HZ / 2);
    await teach.snippets.listeningEnds();
    expect(api.finishRecording).toHaveBeenCalledTimes(1);
  });

  it('says that there is no model yet', async () => {
    const { teach } = await fakeTeach();
    await teach.snippets.keepRecent(1);
    expect(teach.state.problems[0]?.code).toBe('model-not-loaded');
  });
});

describe('Teach: labelling', () => {
  it('labels a whole clip in place', async () => {
    const { teach, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    const id = teach.state.draft?.clip?.id;
    await teach.drafts.save({ name: 'Rex', labels: [dog], reviewed: true, ...whole });
    expect(await parts.library.list()).toMatchObject([{ id, name: 'Rex', labels: ['dog'], reviewed: true }]);
    expect(teach.state.draft).toBeUndefined();
    expect(teach.state.labels).toEqual([dog]);
  });

  describe('a reload while the editor is open', () => {
    const typed = { name: 'Rex', labels: [dog, bell], reviewed: true, startSeconds: 0.001, endSeconds: 0.01 };

    async function reloaded() {
      const fake = await fakeTeach();
      await fake.start();
      return fake;
    }

    it('brings back what was typed, and saves it', async () => {
      const before = await teaching();
      await before.teach.snippets.keepRecent(0.02);
      before.teach.drafts.edit(typed);
      const { teach } = await reloaded();
      expect(teach.state.draft).toMatchObject({ clip: { id: before.teach.state.clips[0]?.id }, unsaved: typed });
      await vi.waitFor(() => expect(teach.state.draft?.picture).toBeDefined());
      await teach.drafts.saveEdits();
      expect(teach.state.clips).toMatchObject([{ name: 'Rex', labels: ['dog', 'door_bell'], reviewed: true }]);
      expect((await reloaded()).teach.state.draft).toBeUndefined();
    });

    it('brings back nothing that was closed, or whose clip is gone', async () => {
      const before = await teaching();
      await before.teach.snippets.keepRecent(0.02);
      before.teach.drafts.edit(typed);
      before.teach.drafts.close();
      expect((await reloaded()).teach.state.draft).toBeUndefined();
      const { teach } = before;
      await teach.drafts.open(teach.state.clips[0]?.id as string);
      teach.drafts.edit(typed);
      await before.parts.library.remove([teach.state.clips[0]?.id as string]);
      const after = await reloaded();
      expect(after.teach.state.draft).toBeUndefined();
      expect(after.teach.state.problems).toEqual([]);
    });

    it('starts with a damaged memory as with none', async () => {
      storages.session.setItem('edit', '{"clipId": 7');
      storages.local.setItem('labels', '[["dog"], "dog"]');
      const { teach } = await reloaded();
      expect(teach.state.draft).toBeUndefined();
      expect(teach.state).toMatchObject({ lastLabels: [], problems: [] });
    });

    it('draws the snippet once the model is there', async () => {
      const before = await teaching();
      await before.teach.snippets.keepRecent(0.02);
      before.teach.drafts.edit(typed);
      const { teach, api } = await fakeTeach();
      await teach.start();
      expect(teach.state.draft?.picture).toBeUndefined();
      await teach.useWorker(api as never, model);
      await vi.waitFor(() => expect(teach.state.draft?.picture).toBeDefined());
    });
  });

  it('remembers the labels that were given last, each set once, also for the next visit', async () => {
    const { teach } = await teaching();
    const labelNext = async (...labels: (typeof dog)[]): Promise<void> => {
      await teach.snippets.keepRecent(0.02 + 0.001 * teach.state.clips.length);
      await teach.drafts.label(labels);
    };
    await labelNext(dog);
    await labelNext(dog, bell);
    await labelNext(bell, dog);
    await labelNext();
    expect(teach.state.lastLabels).toEqual([['door_bell', 'dog'], ['dog']]);
    expect(teach.state.clips.map(({ labels, reviewed }) => [labels, reviewed])).toEqual([
      [['dog'], true],
      [['dog', 'door_bell'], true],
      [['door_bell', 'dog'], true],
      [[], true],
    ]);
    await teach.clips.relabel([teach.state.clips[0]?.id as string], { addLabels: [bell] });
    expect((await teaching()).teach.state.lastLabels).toEqual([['door_bell'], ['door_bell', 'dog'], ['dog']]);
  });

  it('adds a label by one press to what was typed, and closes the editor', async () => {
    const { teach } = await teaching();
    await teach.snippets.keepRecent(0.02);
    teach.drafts.edit({ name: 'Rex', labels: [], reviewed: false, startSeconds: 0, endSeconds: 0.01 });
    await teach.drafts.label([dog]);
    expect(teach.state.clips).toMatchObject([{ name: 'Rex', labels: ['dog'], reviewed: true }]);
    expect([teach.state.draft, teach.state.justKept]).toEqual([undefined, undefined]);
    expect(teach.state.problems).toEqual([]);
  });

  it('keeps the name of the imported file when a clip is renamed or trimmed', async () => {
    const { teach, parts } = await teaching();
    const { clip } = await parts.library.add(newClip(1, { fileName: 'Türe 7.m4a' }));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    for (const startSeconds of [0, 0.001]) {
      await teach.drafts.open(teach.state.clips[0]?.id as string);
      await teach.drafts.save({ name: 'Part', labels: [dog], reviewed: true, startSeconds, endSeconds: 1 });
      expect(teach.state.clips).toMatchObject([{ name: 'Part', fileName: 'Türe 7.m4a' }]);
    }
    expect(teach.state.clips[0]?.id).not.toBe(clip.id);
  });

  it('keeps judged sounds of the diary with what they were, each once', async () => {
    const { teach } = await teaching();
    const sound = (seed: number, labels: readonly (typeof dog)[]) => ({
      samples: toInt16(whiteNoise(2 * RATE_HZ, seed)),
      sampleRateHz: 2 * RATE_HZ,
      heardAtMs: 1000 * seed,
      labels,
    });
    async function* sounds() {
      yield* [sound(1, [dog]), sound(2, []), sound(1, [dog])];
    }
    await teach.clips.keepJudged(sounds());
    const kept = [...teach.state.clips].sort((a, b) => a.keptAtMs - b.keptAtMs);
    const clip = { name: '', heardLive: true, reviewed: true, sampleRateHz: RATE_HZ, sampleCount: RATE_HZ };
    expect(kept).toMatchObject([
      { ...clip, keptAtMs: 1000, labels: [dog.id] },
      { ...clip, keptAtMs: 2000, labels: [] },
    ]);
    expect(teach.state.notice).toMatchObject({ code: 'imported', clips: 2, alreadyThere: 1 });
  });

  it('trims to the exact sample, and can restore the whole', async () => {
    const { teach, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    const before = await parts.library.samples(teach.state.draft?.clip?.id ?? '');
    await teach.drafts.save({ name: 'Part', labels: [], reviewed: true, startSeconds: 0.25, endSeconds: 0.75 });
    const [clip] = await parts.library.list();
    expect(await parts.library.samples(clip?.id ?? '')).toEqual(before.slice(RATE_HZ / 4, (3 * RATE_HZ) / 4));
    expect(teach.state.undo).toMatchObject({ code: 'clip-trimmed', clip: { name: 'Part' } });
    await teach.undo.take();
    expect((await parts.library.list()).map(({ sampleCount }) => sampleCount).sort()).toEqual([RATE_HZ / 2, RATE_HZ]);
  });

  it('deletes with undo, and for good once the undo is given up', async () => {
    const { teach, parts } = await teaching();
    for (const seed of [1, 2]) await parts.library.add(newClip(seed));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(2));
    const ids = teach.state.clips.map(({ id }) => id);
    await teach.clips.remove(ids);
    expect(teach.state).toMatchObject({ clips: [], undo: { code: 'clips-deleted', clips: 2 } });
    await teach.undo.take();
    expect(teach.state.clips.map(({ id }) => id)).toEqual(ids);
    await teach.clips.remove(ids);
    await teach.undo.forget();
    await teach.undo.take();
    expect(teach.state.clips).toEqual([]);
  });

  it('deletes the clip in the editor, and can restore it', async () => {
    const { teach } = await teaching();
    await teach.snippets.keepRecent(1);
    const { clips } = teach.state;
    await teach.clips.discardDraft();
    expect(teach.state).toMatchObject({ clips: [], undo: { code: 'clip-deleted', clip: { name: clips[0]?.name } } });
    await teach.undo.take();
    expect(teach.state.clips).toEqual(clips);
  });

  it('saves what was typed before another snippet takes the editor', async () => {
    const { teach, api, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    const first = teach.state.draft?.clip?.id ?? '';
    teach.drafts.edit({ name: 'Rex', labels: [dog], reviewed: true, ...whole });
    api.keepRecent.mockResolvedValueOnce({ samples: toInt16(whiteNoise(RATE_HZ, 8)), sampleRateHz: RATE_HZ });
    await teach.snippets.keepRecent(1);
    const labelled = { id: first, name: 'Rex', labels: ['dog'], reviewed: true };
    const clips = await parts.library.list();
    expect(clips).toHaveLength(2);
    expect(clips).toContainEqual(expect.objectContaining(labelled));
    expect(teach.state.draft?.clip).toMatchObject({ labels: [], reviewed: false });

    // A snippet that was opened and left as it is stays to be labelled.
    const second = teach.state.draft?.clip?.id;
    await teach.drafts.open(first);
    expect((await parts.library.list()).find(({ id }) => id === second)?.reviewed).toBe(false);
    expect(teach.state.draft).toMatchObject({ clip: labelled, name: 'Rex', labels: [dog] });
  });

  it('leaves what was typed in the editor if it cannot be saved', async () => {
    const { teach, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    const { draft } = teach.state;
    teach.drafts.edit({ name: 'Rex', labels: [dog], reviewed: true, ...whole });
    const { update } = parts.library;
    parts.library.update = async () => {
      throw new EarmarkError({ code: 'storage-full' });
    };
    await teach.snippets.keepRecent(1);
    expect(teach.state).toMatchObject({ draft, problems: [{ code: 'storage-full' }] });
    parts.library.update = update;
    await teach.snippets.keepRecent(1);
    expect(await parts.library.list()).toMatchObject([{ name: 'Rex', labels: ['dog'] }]);
  });

  it('works without a store', async () => {
    const { teach, parts, start } = await fakeTeach();
    parts.library.tidy = async () => {
      throw new EarmarkError({ code: 'storage-missing', detail: '' });
    };
    await start();
    expect(teach.state).toMatchObject({ storage: 'missing', problems: [{ code: 'storage-missing' }] });
    await teach.snippets.keepRecent(1);
    expect(teach.state.draft?.samples).toHaveLength(RATE_HZ);
  });
});

describe('Teach: undo', () => {
  async function withClips(count: number) {
    const fake = await teaching();
    for (let seed = 1; seed <= count; seed++) await fake.parts.library.add(newClip(seed, { reviewed: false }));
    await vi.waitFor(() => expect(fake.teach.state.clips).toHaveLength(count));
    return { ...fake, clips: fake.teach.state.clips, ids: fake.teach.state.clips.map(({ id }) => id) };
  }

  it('undoes one step after the other, and a later correction first', async () => {
    const { teach, clips, ids } = await withClips(4);
    await teach.clips.acceptLabels(ids);
    await teach.drafts.open(ids[1] as string);
    await teach.drafts.save({ name: 'Clip 2', labels: [bell], reviewed: true, ...whole });
    await teach.clips.remove([ids[3] as string]);
    expect(teach.state).toMatchObject({ undoSteps: 3, undo: { code: 'clip-deleted' } });
    await teach.undo.take();
    expect(teach.state).toMatchObject({ undoSteps: 2, undo: { code: 'clip-changed', clip: { name: 'Clip 2' } } });
    expect(teach.state.clips.map(({ labels }) => labels)).toEqual([['dog'], ['door_bell'], ['dog'], ['dog']]);
    await teach.undo.take();
    expect(teach.state).toMatchObject({ undoSteps: 1, undo: { code: 'labels-accepted', clips: 4 } });
    expect(teach.state.clips).toEqual(clips.map((clip) => ({ ...clip, reviewed: true })));
    await teach.undo.take();
    expect(teach.state.clips).toEqual(clips);
    expect(teach.state.undoSteps).toBe(0);
    expect([teach.state.undo, teach.state.notice]).toEqual([undefined, undefined]);
    await teach.undo.take();
    expect(teach.state).toMatchObject({ clips, problems: [] });
  });

  it('leaves later changes alone, and says so', async () => {
    const { teach, parts, clips, ids } = await withClips(3);
    await teach.clips.acceptLabels(ids);
    await parts.library.update(ids[1] as string, { labels: [bell] });
    await teach.undo.take();
    expect(teach.state.clips).toMatchObject([clips[0], { labels: ['door_bell'], reviewed: true }, clips[2]]);
    expect(teach.state.notice).toEqual({ code: 'undone-in-part', changedSince: 1 });
  });

  it('undoes two steps with two presses', async () => {
    const { teach, clips, ids } = await withClips(2);
    await teach.clips.acceptLabels(ids);
    await teach.clips.relabel(ids, { addLabels: [bell] });
    await Promise.all([teach.undo.take(), teach.undo.take()]);
    expect(teach.state).toMatchObject({ clips, undoSteps: 0 });
  });

  it('keeps a step that could not be undone', async () => {
    const { teach, parts, ids } = await withClips(1);
    await teach.clips.acceptLabels(ids);
    const cut = vi.spyOn(parts.database as Database, 'write').mockRejectedValueOnce(new Error('cut'));
    await teach.undo.take();
    expect(teach.state).toMatchObject({ undoSteps: 1, problems: [{ code: 'command-failed' }] });
    cut.mockRestore();
    await teach.undo.take();
    expect(teach.state).toMatchObject({ undoSteps: 0, clips: [{ reviewed: false }] });
  });

  it('frees the storage of what was deleted more than twenty steps ago, and all of it once undo is given up', async () => {
    const { teach, ids } = await withClips(22);
    for (const id of ids.slice(0, 21)) await teach.clips.remove([id]);
    expect(teach.state.undoSteps).toBe(20);
    expect(await countRecords()).toMatchObject({ clips: 1, samples: 21, unlisted: 20 });
    await teach.undo.forget();
    expect(teach.state.undoSteps).toBe(0);
    expect(teach.state.undo).toBeUndefined();
    expect(await countRecords()).toMatchObject({ clips: 1, samples: 1, unlisted: 0 });
  });
});

describe('Teach: training', () => {
  async function withClips() {
    const fake = await teaching();
    await fake.parts.library.add(newClip(1));
    await fake.parts.library.add(newClip(2, { labels: [bell] }));
    await fake.parts.library.add(newClip(3, { labels: [], reviewed: false }));
    await vi.waitFor(() => expect(fake.teach.state.clips).toHaveLength(3));
    return fake;
  }

  it('trains with the reviewed clips, keeps the head and uses it', async () => {
    const { teach, api, host, parts } = await withClips();
    await teach.training.start(' Mine ');
    const request = api.trainHead.mock.calls[0]?.[0] as TrainingRequest;
    expect(request.clips.map(({ labels }) => labels)).toEqual([['dog'], ['door_bell']]);
    expect(request.labels).toEqual([dog, bell]);
    const [head] = await parts.heads.list();
    expect(head?.name).toBe('Mine');
    expect(host.settings.head).toBe(head?.id);
    expect(teach.state.active).toBe(head?.id);
    expect(teach.state.training).toBeUndefined();
    expect(api.setHeads).toHaveBeenLastCalledWith([head]);
  });

  it('gives the time of a clip only if it was kept while Earmark listened, whole or trimmed', async () => {
    const { teach, api, parts } = await teaching();
    await parts.library.add(newClip(1));
    await teach.snippets.keepRecent(1);
    await teach.drafts.save({ name: '', labels: [dog], reviewed: true, startSeconds: 0, endSeconds: 0.5 });
    await teach.training.start('Mine');
    const request = api.trainHead.mock.calls[0]?.[0];
    const heard = teach.state.clips.find(({ heardLive }) => heardLive);
    expect(request?.clips.map(({ heardAtMs }) => heardAtMs)).toEqual([undefined, heard?.keptAtMs]);
  });

  it('embeds each clip only once', async () => {
    const { teach, api } = await withClips();
    await teach.training.start('A');
    await teach.training.start('B');
    expect(api.embedClip).toHaveBeenCalledTimes(2);
    const again = api.trainHead.mock.calls[1]?.[0] as TrainingRequest;
    expect(again.clips.map(({ embeddings }) => [...embeddings])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    // As one: thousands of buffers that are handed over would hold up the page.
    expect(new Set(again.clips.map(({ embeddings }) => embeddings.buffer)).size).toBe(1);
  });

  it('deletes embeddings of networks that can no longer be chosen, and keeps those of the other models', async () => {
    const { teach, host, parts } = await withClips();
    const [clip] = await parts.library.list();
    const id = clip?.id as string;
    const backbones = ['fake-0', 'fake-large-7', 'gone-3'];
    for (const backbone of backbones) await parts.embeddings.put(new Map([[id, Float32Array.of(4)]]), backbone);
    const left = async (): Promise<string[]> => {
      const found = await Promise.all(
        [...backbones, 'fake-1'].map(
          async (backbone) => [backbone, await parts.embeddings.get([id], backbone)] as const,
        ),
      );
      return found.filter(([, { size }]) => size > 0).map(([backbone]) => backbone);
    };
    vi.mocked(host.modelNames).mockRejectedValueOnce(new Error('offline'));
    await teach.training.start('A');
    // Without the list it is not known which models there are.
    expect(await left()).toEqual([...backbones, 'fake-1']);
    await teach.training.start('B');
    expect(await left()).toEqual(['fake-large-7', 'fake-1']);
    expect(teach.state.problems).toEqual([]);
  });

  it('collects every epoch, and stops when asked to', async () => {
    const { teach, api, parts } = await withClips();
    const progress = {
      part: 0,
      parts: 1,
      stage: 'head',
      epoch: 1,
      epochs: 2,
      loss: 0.5,
      validationLoss: null,
    } as const;
    api.trainHead.mockImplementationOnce(async (_, onProgress) => {
      onProgress(progress);
      onProgress({ ...progress, epoch: 2 });
      await teach.training.stop();
      expect(teach.state.training).toMatchObject({ stage: 'epochs', stopping: true });
      return undefined;
    });
    await teach.training.start('A');
    expect(api.stopTraining).toHaveBeenCalled();
    expect(teach.state.losses.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(teach.state.notice).toEqual({ code: 'training-stopped' });
    expect(await parts.heads.list()).toEqual([]);
  });

  it('says so when the worker ends midway', async () => {
    const { teach, api } = await withClips();
    api.trainHead.mockReturnValueOnce(new Promise(() => {}));
    const training = teach.training.start('A');
    await vi.waitFor(() => expect(api.trainHead).toHaveBeenCalled());
    teach.loseWorker();
    await training;
    expect(teach.state.training).toBeUndefined();
    expect(teach.state.problems[0]?.code).toBe('training-interrupted');
  });

  it('says so when a recording ends with the worker', async () => {
    const { teach } = await teaching();
    await teach.snippets.startRecording();
    teach.loseWorker();
    teach.loseWorker();
    expect(teach.state.recordingSinceMs).toBeUndefined();
    expect(teach.state.notice).toEqual({ code: 'recording-lost' });
  });
});

describe('Teach: in two tabs', () => {
  it('saves only in the first, says so in the second, and lets that one take over', async () => {
    const locks = new FakeLocks();
    const first = locks.tab();
    const one = await teaching({}, first);
    const two = await teaching({}, locks.tab());
    expect([one.teach.state.elsewhere, two.teach.state.elsewhere]).toEqual([false, true]);
    await two.teach.snippets.keepRecent(1);
    expect(two.teach.state.problems[0]?.code).toBe('storage-elsewhere');
    // What was heard is still there to be saved.
    expect(two.teach.state.draft?.samples).toHaveLength(RATE_HZ);
    await two.teach.training.start('A');
    expect(two.api.trainHead).not.toHaveBeenCalled();
    expect(await one.parts.library.list()).toEqual([]);

    first.close();
    await vi.waitFor(() => expect(two.teach.state.elsewhere).toBe(false));
    await two.teach.drafts.save({ name: 'A', labels: [dog], reviewed: true, ...whole });
    expect(await two.parts.library.list()).toHaveLength(1);
  });
});

describe('Teach: a store that is cut off', () => {
  it('is reopened, with everything in it', async () => {
    const opened = vi.spyOn(indexedDB, 'open');
    const { teach, api } = await teaching();
    await teach.snippets.keepRecent(1);
    const [connection] = opened.mock.results.map(({ value }) => (value as IDBOpenDBRequest).result);
    // It takes a connection, whatever its type says.
    forceCloseDatabase(connection as unknown as typeof IDBDatabase);
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2));
    api.keepRecent.mockResolvedValueOnce({ samples: toInt16(whiteNoise(100, 8)), sampleRateHz: RATE_HZ });
    await teach.snippets.keepRecent(0.5);
    expect(teach.state.problems).toEqual([]);
    expect(teach.state.clips).toHaveLength(2);
  });

  it('says that the browser deleted what was in it; a snippet in the editor can still be saved', async () => {
    const { teach, parts } = await teaching();
    await teach.snippets.keepRecent(1);
    await new Promise((resolve) => (indexedDB.deleteDatabase('earmark').onsuccess = resolve));
    await vi.waitFor(() => expect(teach.state.problems[0]?.code).toBe('storage-evicted'));
    expect(teach.state.clips).toEqual([]);
    await teach.drafts.save({ name: 'A', labels: [dog], reviewed: true, ...whole });
    const [clip] = await parts.library.list();
    expect(clip).toMatchObject({ name: 'A', labels: ['dog'], sampleCount: RATE_HZ });
  });
});

describe('Teach: heads', () => {
  const first = headFrom({ id: 'first', name: 'First', createdAtMs: 1 });
  const second = headFrom({ id: 'second', name: 'Second', createdAtMs: 2 });

  async function withHeads(settings: Partial<Settings>) {
    const fake = await fakeTeach(settings);
    await fake.parts.heads.add(first);
    await fake.parts.heads.add(second);
    await fake.start();
    return fake;
  }

  it('applies the stored choice before anything is tagged', async () => {
    const { teach, api } = await withHeads({ head: 'first', comparedHead: 'shipped' });
    expect(api.setHeads).toHaveBeenCalledWith([first, 'shipped']);
    expect(teach.state).toMatchObject({ active: 'first', compared: 'shipped' });
  });

  it('returns to the shipped head if the chosen one is gone or does not fit', async () => {
    const { teach, api } = await withHeads({ head: 'gone' });
    expect(teach.state).toMatchObject({ active: 'shipped', problems: [{ code: 'head-gone' }] });
    api.setHeads.mockRejectedValueOnce(new EarmarkError({ code: 'head-of-other-model', head: 'First' }));
    await teach.heads.use('first');
    expect(teach.state.active).toBe('shipped');
    expect(teach.state.problems[1]?.code).toBe('head-of-other-model');
  });

  it('says calmly that a head waits for its model, and uses it once that is back', async () => {
    const { teach, api, host } = await withHeads({ head: 'first', comparedHead: 'second' });
    await teach.useWorker(api as never, { ...model, backbone: 'other-1' });
    expect(api.setHeads).toHaveBeenLastCalledWith(['shipped']);
    expect(teach.state).toMatchObject({ active: 'shipped', problems: [] });
    expect(teach.state.notice).toEqual({ code: 'head-waits', head: 'First' });
    expect(host.settings.head).toBe('first');
    await teach.useWorker(api as never, model);
    expect(teach.state).toMatchObject({ active: 'first', compared: 'second', problems: [] });
    expect(teach.state.notice).toBeUndefined();
  });

  it('uses a head that another window has trained just now', async () => {
    const { teach, api, host, parts } = await withHeads({ head: 'first' });
    await parts.heads.add(headFrom({ id: 'new', name: 'New', createdAtMs: 3 }));
    // This window has not read its list anew yet.
    await host.changeSettings({ head: 'new' });
    expect(teach.state).toMatchObject({ active: 'new', problems: [] });
    expect(api.setHeads).toHaveBeenLastCalledWith([expect.objectContaining({ id: 'new' })]);
  });

  it('uses the chosen head if the compared one is gone', async () => {
    const { teach, api } = await withHeads({ head: 'first', comparedHead: 'gone' });
    expect(api.setHeads.mock.calls).toEqual([[[first]]]);
    expect(teach.state).toMatchObject({ active: 'first', problems: [] });
  });

  it('deletes the one in use, continues with the shipped one, and can undo', async () => {
    const { teach, host } = await withHeads({ head: 'first', comparedHead: 'second' });
    await teach.heads.remove('first');
    expect(host.settings.head).toBe('shipped');
    expect(teach.state.heads.map(({ id }) => id)).toEqual(['second']);
    await teach.undo.take();
    expect(teach.state).toMatchObject({ heads: [first, second], active: 'first', compared: 'second', problems: [] });
    await teach.heads.remove('second');
    expect(teach.state.compared).toBeUndefined();
    await teach.undo.take();
    expect(teach.state).toMatchObject({ active: 'first', compared: 'second' });
  });

  it('keeps using a head that was chosen after another one was deleted', async () => {
    const { teach } = await withHeads({ head: 'first' });
    await teach.heads.remove('first');
    await teach.heads.use('second');
    await teach.undo.take();
    expect(teach.state).toMatchObject({ heads: [first, second], active: 'second' });
  });

  it('does not compare a head with itself', async () => {
    const { teach, host } = await withHeads({ head: 'first', comparedHead: 'second' });
    await teach.heads.use('second');
    expect(host.settings).toMatchObject({ head: 'second', comparedHead: '' });
    expect(teach.state.compared).toBeUndefined();
  });

  it('exports a head as a file with a name that any system accepts', async () => {
    const { teach, saved } = await withHeads({});
    await teach.heads.rename('first', '../“Türklingel” <b>');
    await teach.heads.export('first');
    expect(saved).toEqual(['Türklingel-b-head.zip']);
  });
});

const nothing = { code: 'imported', clips: 0, heads: [], alreadyThere: 0, leftOut: 0, others: 0 };

describe('Teach: importing', () => {
  it('says what is wrong with the choice, and changes nothing', async () => {
    const { teach } = await teaching();
    await teach.transfers.importFiles(Promise.reject(new EarmarkError({ code: 'nothing-to-import' })));
    expect(teach.state).toMatchObject({ clips: [], problems: [{ code: 'nothing-to-import' }] });
    expect(teach.state.transfer).toBeUndefined();
  });

  it('tells whether the files should be retried: not if they are useless', async () => {
    const { teach, api, parts } = await teaching();
    const { encodeWav } = await import('../../../../src/shared/lib/files/wav');
    const file = new File([encodeWav(new Int16Array(RATE_HZ).fill(99), RATE_HZ)], 'bell.wav');
    const drop = () =>
      teach.transfers.importFiles(
        Promise.resolve({ sounds: [{ file, folder: undefined, path: file.name }], zips: [], lists: [], others: 0 }),
      );
    const add = parts.library.add;
    parts.library.add = async () => {
      throw new EarmarkError({ code: 'storage-full' });
    };
    expect(await drop()).toBe(false);
    parts.library.add = add;
    expect(await drop()).toBe(true);
    const refused = (error: Error) => teach.transfers.importFiles(Promise.reject(error));
    expect(await refused(new EarmarkError({ code: 'nothing-to-import' }))).toBe(true);
    expect(await refused(new TypeError('The cache could not be read.'))).toBe(false);
    const zip = new File([await headZip()], 'head.zip');
    api.importHead.mockRejectedValueOnce(new EarmarkError({ code: 'worker-died', end: 'ended', detail: '' }));
    expect(await teach.transfers.importFiles(Promise.resolve({ sounds: [], zips: [zip], lists: [], others: 0 }))).toBe(
      false,
    );
  });

  it('imports one after another, and reports what it skipped', async () => {
    const { teach } = await teaching();
    const zip = new File([await headZip()], 'head.zip');
    const drop = (others: number) =>
      teach.transfers.importFiles(Promise.resolve({ sounds: [], zips: [zip], lists: [], others }));
    const refused = teach.transfers.importFiles(Promise.reject(new EarmarkError({ code: 'nothing-to-import' })));
    await Promise.all([refused, drop(0), drop(2)]);
    expect(teach.state).toMatchObject({ problems: [{ code: 'nothing-to-import' }], heads: [{ name: 'Imported' }] });
    expect(teach.state.notice).toEqual({ ...nothing, alreadyThere: 1, others: 2 });
  });

  it('imports a head once, and lets none replace another', async () => {
    const { teach, api } = await teaching();
    const zip = new File([await headZip()], 'head.zip');
    const drop = () => teach.transfers.importFiles(Promise.resolve({ sounds: [], zips: [zip], lists: [], others: 0 }));
    await drop();
    expect(teach.state).toMatchObject({ notice: { ...nothing, heads: ['Imported'] }, problems: [] });
    await drop();
    expect(teach.state.notice).toEqual({ ...nothing, alreadyThere: 1 });
    api.importHead.mockResolvedValueOnce({
      ...headFrom({ id: 'imported', name: 'Other', createdAtMs: 1 }),
      bias: new Float32Array([9]),
    });
    await drop();
    expect(teach.state.heads.map(({ name }) => name).sort()).toEqual(['Imported', 'Other']);
  });
});

/** A zip file that says that it holds a head; what is in it is the worker's business. */
async function headZip(): Promise<Blob> {
  const { writeZip } = await import('../../../../src/shared/lib/files/zip-archive');
  async function* parts() {
    yield { path: 'head.json', bytes: new TextEncoder().encode('{}') };
  }
  return writeZip(parts());
}

describe('Teach: exporting', () => {
  it('says how many clips the file holds, even if it is one', async () => {
    const { teach, parts, saved } = await teaching();
    await parts.library.add(newClip(1));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    await teach.transfers.exportDataset();
    expect(saved).toEqual(['earmark-clips.zip']);
    expect(teach.state.notice).toEqual({ code: 'clips-exported', clips: 1, leftOut: 0, file: 'earmark-clips.zip' });
    await parts.library.add(newClip(2));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(2));
    await teach.transfers.exportDataset();
    expect(teach.state.notice).toMatchObject({ code: 'clips-exported', clips: 2 });
  });
});

describe('Teach: a clip without a sound', () => {
  it('is set aside when the page is opened, and every export says that it leaves it out', async () => {
    const { teach, parts, start } = await fakeTeach();
    await parts.library.add(newClip(1));
    const { clip } = await parts.library.add(newClip(2));
    await (parts.database as Database).write(['samples'], (transaction) =>
      transaction.objectStore('samples').put('no bytes' as never, clip.id),
    );
    await start();
    expect(teach.state.setAside).toMatchObject([{ key: clip.id, why: 'not-sound' }]);
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    await teach.transfers.exportDataset();
    expect(teach.state.notice).toMatchObject({ code: 'clips-exported', clips: 1, leftOut: 1 });
    await teach.transfers.exportBackup();
    expect(teach.state.notice).toMatchObject({ code: 'backup-saved', clips: 1, leftOut: 1 });
  });
});

describe('Teach: a backup', () => {
  const pick = (zip: File) => Promise.resolve({ sounds: [], zips: [zip], lists: [], others: 0 });

  /** What a browser saves that holds a clip and a head, and where things are set. */
  async function backupOf(settings: Partial<Settings>): Promise<File> {
    const { teach, parts, files } = await teaching(settings);
    await parts.library.add(newClip(1));
    await parts.heads.add(headFrom({ id: 'h', name: 'Mine', createdAtMs: 7 }));
    await teach.transfers.exportBackup();
    expect(teach.state.notice).toEqual({
      code: 'backup-saved',
      file: expect.stringMatching(/^earmark-backup-\d{4}-\d{2}-\d{2}\.zip$/),
      clips: 1,
      heads: 1,
      events: 0,
      recordings: 0,
      leftOut: 0,
    });
    vi.stubGlobal('indexedDB', new IDBFactory());
    return files[0] as File;
  }

  it('restores everything, and asks before applying the settings', async () => {
    const zip = await backupOf({ deviceId: 'mic-2', tagsPerSecond: 4 });
    const { teach, host } = await teaching({ theme: 'dark' });
    expect(await teach.transfers.importFiles(pick(zip))).toBe(true);
    expect(teach.state.notice).toEqual({ ...nothing, clips: 1, heads: ['Mine'] });
    expect(teach.state.clips).toMatchObject([{ name: 'Clip 1', labels: ['dog'] }]);
    expect(host.settings).toMatchObject({ deviceId: '', theme: 'dark' });
    await teach.transfers.takeSettings();
    expect(host.settings).toEqual({ ...defaultSettings, deviceId: 'mic-2', tagsPerSecond: 4 });
    expect(teach.state.offeredSettings).toBeUndefined();
  });

  it('changes no setting that the person keeps, and does not ask if nothing differs', async () => {
    const zip = await backupOf({ deviceId: 'mic-2' });
    const { teach, host } = await teaching({ theme: 'dark' });
    await teach.transfers.importFiles(pick(zip));
    expect(teach.state.offeredSettings).toMatchObject({ deviceId: 'mic-2' });
    await teach.transfers.leaveSettings();
    expect(teach.state.offeredSettings).toBeUndefined();
    expect(host.settings).toEqual({ ...defaultSettings, theme: 'dark' });
    await host.changeSettings({ theme: '', deviceId: 'mic-2' });
    await teach.transfers.importFiles(pick(zip));
    expect(teach.state.offeredSettings).toBeUndefined();
  });

  it('is written to the file that the person chose, and not started if they cancel', async () => {
    const { teach, parts, saved } = await teaching();
    await parts.library.add(newClip(1));
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const file = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (piece) => void pieces.push(piece.slice()) });
    vi.mocked(parts.chooseZip).mockResolvedValueOnce({ name: 'mine.zip', file: file as WritableStream<Uint8Array> });
    await teach.transfers.exportBackup();
    expect(teach.state.notice).toMatchObject({ code: 'backup-saved', file: 'mine.zip', clips: 1 });
    expect((await parts.backup.restore(new File(pieces, 'mine.zip'), () => {})).alreadyThere).toBe(1);
    teach.notices.dismissNotice();
    vi.mocked(parts.chooseZip).mockResolvedValueOnce(undefined);
    await teach.transfers.exportBackup();
    expect(teach.state).toMatchObject({ problems: [] });
    expect(teach.state.notice).toBeUndefined();
    expect(saved).toEqual([]);
  });

  it('discards the file if something fails, and says so', async () => {
    const { teach, parts } = await teaching();
    await parts.library.add(newClip(1));
    const sink = { abort: vi.fn(), close: vi.fn() };
    const failure = new EarmarkError({ code: 'storage-failed', detail: 'disk' });
    vi.spyOn(parts.library, 'wav').mockRejectedValueOnce(failure);
    vi.mocked(parts.chooseZip).mockResolvedValueOnce({ name: 'mine.zip', file: new WritableStream(sink) });
    await teach.transfers.exportBackup();
    expect(teach.state.problems).toEqual([failure.problem]);
    expect(teach.state.notice).toBeUndefined();
    expect(sink.abort).toHaveBeenCalledOnce();
    expect(sink.close).not.toHaveBeenCalled();
  });
});

describe('Teach: labels', () => {
  it('are removed from many clips at once, and restored for each', async () => {
    const { teach, parts } = await teaching();
    await parts.library.add(newClip(1));
    await parts.library.add(newClip(2, { labels: [bell], reviewed: false }));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(2));
    const { clips } = teach.state;
    await teach.clips.relabel(
      clips.map(({ id }) => id),
      { removeLabels: ['dog', 'door_bell'], reviewed: true },
    );
    expect(teach.state.clips).toMatchObject(clips.map(() => ({ labels: [], reviewed: true })));
    expect(teach.state.undo).toEqual({ code: 'labels-changed', clips: 2 });
    await teach.undo.take();
    expect(teach.state.clips).toEqual(clips);
  });

  it('are accepted as they are, and can be set back to unchecked', async () => {
    const { teach, parts } = await teaching();
    const { clip } = await parts.library.add(newClip(1, { reviewed: false }));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    await teach.clips.acceptLabels([clip.id]);
    expect(teach.state).toMatchObject({
      clips: [{ labels: ['dog'], reviewed: true }],
      undo: { code: 'labels-accepted', clips: 1 },
    });
    await teach.undo.take();
    expect(teach.state.clips).toEqual([clip]);
  });

  it('keeps the diary’s alerts and clips of one that is renamed', async () => {
    const alert = {
      ...{ name: 'Dog', means: ['tone' as const], cooldownSeconds: 60, firstOfDay: false, quiet: null },
      ...{ leastProbability: 0, leastSeconds: 0 },
    };
    const clip = { secondsBefore: 1, secondsAfter: 2, longestSeconds: 10, untilEnd: false };
    const { diary } = defaultSettings;
    const rules = { ...diary.rules, labels: { dog: { clip, threshold: 0.7, name: 'Dog' } } };
    const { teach, parts, host } = await teaching({
      diary: { ...diary, rules, alerts: { labels: { dog: alert }, groups: {} } },
    });
    await parts.library.add(newClip(1));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    await teach.clips.renameLabel('dog', { id: 'rex', name: 'Rex' });
    const now = host.settings.diary;
    // The head that is in use still says “dog”.
    expect(now.rules.labels).toEqual({
      dog: { clip, threshold: 0.7, name: 'Dog' },
      rex: { clip, threshold: 0.7, name: 'Rex' },
    });
    expect(now.alerts.labels).toEqual({ dog: alert, rex: { ...alert, name: 'Rex' } });
  });

  it('tells the diary what a label is called now, also when the renaming is undone', async () => {
    const { teach, parts, host } = await teaching();
    await parts.library.add(newClip(1));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    const told: unknown[] = [];
    const channel = new BroadcastChannel(DIARY_CHANNEL);
    channel.onmessage = ({ data }: MessageEvent) => told.push(data);
    await teach.clips.renameLabel('dog', { id: 'rex', name: 'Rex' });
    expect(host.settings.diary.renamed).toEqual({ dog: { id: 'rex', name: 'Rex' } });
    await teach.clips.renameLabel('rex', { id: 'rexie', name: 'Rexie' });
    expect(host.settings.diary.renamed).toEqual({
      dog: { id: 'rex', name: 'Rex' },
      rex: { id: 'rexie', name: 'Rexie' },
    });
    await teach.undo.take();
    expect(host.settings.diary.renamed).toEqual({
      dog: { id: 'rex', name: 'Rex' },
      rexie: { id: 'rex', name: 'Rex' },
    });
    await teach.clips.renameLabel('rex', { id: 'rex', name: 'REX!' });
    expect(host.settings.diary.renamed).toMatchObject({ dog: { id: 'rex', name: 'Rex' } });
    // Views ask the diary again.
    await vi.waitFor(() => expect(told).toEqual([new Map(), new Map(), new Map()]));
    channel.close();
  });

  it('renames one in its clips and in the list, and can undo', async () => {
    const { teach, parts } = await teaching();
    await parts.library.add(newClip(1));
    await vi.waitFor(() => expect(teach.state.clips).toHaveLength(1));
    await teach.clips.renameLabel('dog', { id: 'rex', name: 'Rex' });
    expect(teach.state.clips[0]?.labels).toEqual(['rex']);
    expect(teach.state.labels).toEqual([{ id: 'rex', name: 'Rex' }]);
    expect(teach.state.undo).toEqual({ code: 'label-renamed', before: dog, now: { id: 'rex', name: 'Rex' } });
    await teach.undo.take();
    expect(teach.state.clips[0]?.labels).toEqual(['dog']);
    expect(teach.state.labels).toEqual([dog]);
    await teach.clips.renameLabel('gone', { id: 'rex', name: 'Rex' });
    expect(teach.state.problems).toMatchObject([{ code: 'label-missing' }]);
  });
});
