import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { ClipLibrary } from '../../../../src/store/clips/clip-library';
import { EmbeddingCache } from '../../../../src/store/clips/embedding-cache';
import { failureOf } from '../../../support/failure';
import {
  bell,
  countRecords,
  dog,
  newClip,
  openDatabase,
  openLibrary,
  RATE_HZ,
  stream,
  useEmptyBrowser,
} from '../../support/library';

useEmptyBrowser();

/** Lets `count` records be written, and says then that the disk is full. */
function fillDiskAfter(count: number): void {
  const { add } = IDBObjectStore.prototype;
  let left = count;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (left-- === 0) throw new DOMException('full', 'QuotaExceededError');
    return add.call(this, value, key);
  } as typeof add);
}

const nothing = { clips: 0, embeddings: 0, heads: 0, labels: 0, samples: 0, unlisted: 0 };

describe('a clip', () => {
  it('is kept with its 16-bit samples and everything known about it', async () => {
    const sound = newClip(1, { labels: [dog, bell, dog], name: '  Two dogs  ' });
    const { clip, added } = await openLibrary().add(sound);
    expect(added).toBe(true);
    expect(clip).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Two dogs',
      keptAtMs: 1_700_000_000_001,
      sampleRateHz: RATE_HZ,
      sampleCount: 501,
      labels: ['dog', 'door_bell'],
      reviewed: true,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const other = openLibrary();
    expect(await other.list()).toEqual([clip]);
    expect(await other.labels()).toEqual([dog, bell]);
    expect(await other.samples(clip.id)).toEqual(sound.samples);
  });

  it('has the hash of its 16-bit samples', async () => {
    // printf '\x01\x00\x00\x80' | sha256sum
    const samples = Int16Array.of(1, -32_768);
    const { clip } = await openLibrary().add(newClip(1, { samples }));
    expect(clip.hash).toBe('1f38e773e3b24875f3f5549c2a70dfd8d71019c46bc44ffb0e7fa38600020503');
  });

  it('of an existing sound is not added again', async () => {
    const library = openLibrary();
    const first = await library.add(newClip(1));
    const second = await library.add(newClip(1, { name: 'Other', labels: [bell] }));
    expect(second).toEqual({ clip: first.clip, added: false });
    expect(await countRecords()).toEqual({ ...nothing, clips: 1, samples: 1, labels: 1 });
  });

  it('without samples is refused', async () => {
    const { name } = await failureOf(openLibrary().add(newClip(1, { samples: new Int16Array(0) })));
    expect(name).toBe('empty-sound');
  });

  it('is added once by two tabs that keep the same sound at the same time', async () => {
    const [one, two] = [openLibrary(), openLibrary()];
    const results = await Promise.all([
      one.add(newClip(1)),
      two.add(newClip(1)),
      two.add(newClip(2)),
      one.add(newClip(2)),
    ]);
    expect(results.filter(({ added }) => added)).toHaveLength(2);
    expect(results[0].clip).toEqual(results[1].clip);
    expect(await countRecords()).toEqual({ ...nothing, clips: 2, samples: 2, labels: 1 });
  });

  it.each([0, 1])('leaves nothing behind when the disk is full after %d records', async (count) => {
    const library = openLibrary();
    await library.list();
    fillDiskAfter(count);
    const { name, message } = await failureOf(library.add(newClip(1)));
    expect(name).toBe('storage-full');
    expect(message).toContain('still there');
    expect(await countRecords()).toEqual(nothing);
  });

  it('asks the browser once to keep the data', async () => {
    const ask = vi.fn(async () => true);
    const library = new ClipLibrary(openDatabase(), ask);
    await library.list();
    expect(ask).not.toHaveBeenCalled();
    await library.add(newClip(1));
    await library.add(newClip(2));
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('the list', () => {
  it('has the oldest clip first, and a stable order for those of one moment', async () => {
    const library = openLibrary();
    await library.add(newClip(3, { name: 'b', keptAtMs: 7 }));
    await library.add(newClip(2, { name: 'a', keptAtMs: 7 }));
    await library.add(newClip(1, { name: 'c', keptAtMs: 6 }));
    expect((await library.list()).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  });
});

describe('changes', () => {
  it('replace what they name of one clip', async () => {
    const library = openLibrary();
    const { clip } = await library.add(newClip(1, { reviewed: false }));
    expect((await library.update(clip.id, { name: 'New' })).now).toEqual([{ ...clip, name: 'New' }]);
    expect((await library.update(clip.id, { labels: [], reviewed: true })).now).toEqual([
      { ...clip, name: 'New', labels: [], reviewed: true },
    ]);
    expect((await library.list())[0]).toMatchObject({ name: 'New', labels: [], reviewed: true });
  });

  it('cut an endless name, and that of a file before its extension', async () => {
    const library = openLibrary();
    const long = 'x'.repeat(10_000);
    const { clip } = await library.add(newClip(1, { name: long, fileName: `${long}.wav` }));
    expect(clip.name).toHaveLength(200);
    expect(clip.fileName).toBe(`${'x'.repeat(251)}.wav`);
  });

  it('relabel many clips and leave the other labels alone', async () => {
    const library = openLibrary();
    const { clip: one } = await library.add(newClip(1, { labels: [dog] }));
    const { clip: two } = await library.add(newClip(2, { labels: [dog, bell] }));
    const { clip: three } = await library.add(newClip(3, { labels: [dog] }));
    const change = { addLabels: [bell], removeLabels: ['dog'] };
    const changed = await library.updateMany([one.id, two.id, 'gone'], change);
    expect(changed.now).toEqual([
      { ...one, labels: ['door_bell'] },
      { ...two, labels: ['door_bell'] },
    ]);
    expect(await library.list()).toEqual([...changed.now, three]);
  });

  it('are undone alone: what was changed again stays as it is', async () => {
    const library = openLibrary();
    const [one, two, three] = (await Promise.all(
      [1, 2, 3].map(async (seed) => (await library.add(newClip(seed, { reviewed: false }))).clip),
    )) as [ClipInfo, ClipInfo, ClipInfo];
    const accepted = await library.updateMany([one.id, two.id, three.id], { reviewed: true });
    const corrected = await library.update(two.id, { labels: [bell] });
    await library.remove([three.id]);
    expect(await accepted.restore()).toBe(1);
    expect(await library.list()).toEqual([one, corrected.now[0]]);
    expect(await corrected.restore()).toBe(0);
    expect(await library.list()).toEqual([one, { ...two, reviewed: true }]);
  });

  it('differ only if something has changed', async () => {
    const library = openLibrary();
    const { clip } = await library.add(newClip(1, { labels: [dog, bell] }));
    const same = { name: clip.name, labels: [bell, dog], reviewed: true };
    expect((await library.update(clip.id, same)).differs).toBe(false);
    expect((await library.update(clip.id, { labels: [dog] })).differs).toBe(true);
  });

  it('of a missing clip fail with a message', async () => {
    expect((await failureOf(openLibrary().update('gone', { name: 'New' }))).name).toBe('clip-missing');
    expect((await failureOf(openLibrary().samples('gone'))).name).toBe('clip-missing');
  });
});

describe('labels', () => {
  it('with one id are the same label, and the first name stays', async () => {
    const library = openLibrary();
    await library.add(newClip(1, { labels: [bell] }));
    await library.add(newClip(2, { labels: [{ id: 'door_bell', name: 'DOOR BELL' }] }));
    expect(await library.labels()).toEqual([bell]);
  });

  it('are renamed in every clip, and back', async () => {
    const library = openLibrary();
    await library.add(newClip(1, { labels: [dog, bell] }));
    await library.add(newClip(2, { labels: [bell] }));
    const renamed = await library.renameLabel('dog', { id: 'rex', name: ' Rex ' });
    expect(renamed).toMatchObject({ label: { id: 'rex', name: 'Rex' }, merged: false });
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['rex', 'door_bell'], ['door_bell']]);
    expect(await library.labels()).toEqual([bell, { id: 'rex', name: 'Rex' }]);
    await renamed.restore();
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['dog', 'door_bell'], ['door_bell']]);
    expect(await library.labels()).toEqual([dog, bell]);
  });

  it('keep a name given by something else after the renaming', async () => {
    const library = openLibrary();
    await library.add(newClip(1));
    const rex = { id: 'rex', name: 'Rex' };
    const renamed = await library.renameLabel('dog', rex);
    await library.add(newClip(2, { labels: [rex] }));
    expect(await renamed.restore()).toBe(1);
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['dog'], ['rex']]);
    expect(await library.labels()).toEqual([dog, rex]);

    const upper = await library.renameLabel('dog', { id: 'dog', name: 'DOG' });
    await library.renameLabel('dog', { id: 'dog', name: 'Doggy' });
    await upper.restore();
    expect(await library.labels()).toEqual([{ id: 'dog', name: 'Doggy' }, rex]);
  });

  it.each([
    ['renamed', { id: 'rex', name: 'Rex' }],
    ['merged', bell],
  ])('that were %s leave a clip alone that got the old one again, and say so', async (_, to) => {
    const library = openLibrary();
    const { clip } = await library.add(newClip(1, { labels: [dog] }));
    await library.add(newClip(2, { labels: [dog, bell] }));
    const renamed = await library.renameLabel('dog', to);
    const corrected = await library.update(clip.id, { labels: [to, dog] });
    expect(await renamed.restore()).toBe(1);
    expect((await library.list()).map(({ labels }) => labels.toSorted())).toEqual([
      [to.id, 'dog'].toSorted(),
      ['dog', 'door_bell'],
    ]);
    await corrected.restore();
    expect((await library.list())[0]?.labels).toEqual([to.id]);
  });

  it('change their case without changing the id, and back', async () => {
    const library = openLibrary();
    await library.add(newClip(1));
    const renamed = await library.renameLabel('dog', { id: 'dog', name: 'DOG' });
    expect(renamed).toMatchObject({ label: { id: 'dog', name: 'DOG' }, merged: false });
    expect(await library.labels()).toEqual([{ id: 'dog', name: 'DOG' }]);
    expect((await library.list())[0]?.labels).toEqual(['dog']);
    await renamed.restore();
    expect(await library.labels()).toEqual([dog]);
  });

  it('are merged if a name is taken, and separated again', async () => {
    const library = openLibrary();
    await library.add(newClip(1, { labels: [bell, dog] }));
    await library.add(newClip(2, { labels: [dog] }));
    await library.add(newClip(3, { labels: [bell] }));
    const renamed = await library.renameLabel('dog', { id: 'door_bell', name: 'door  BELL' });
    expect(renamed).toMatchObject({ label: bell, merged: true });
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['door_bell'], ['door_bell'], ['door_bell']]);
    expect(await library.labels()).toEqual([bell]);
    await renamed.restore();
    expect((await library.list()).map(({ labels }) => labels)).toEqual([['door_bell', 'dog'], ['dog'], ['door_bell']]);
    expect(await library.labels()).toEqual([dog, bell]);
  });

  it('that no longer exist are not renamed', async () => {
    expect(await failureOf(openLibrary().renameLabel('dog', { id: 'rex', name: 'Rex' }))).toMatchObject({
      name: 'label-missing',
    });
  });
});

describe('removed clips', () => {
  async function libraryOfThree() {
    const database = openDatabase();
    const library = new ClipLibrary(database, async () => true);
    const clips = [];
    for (const seed of [1, 2, 3]) clips.push((await library.add(newClip(seed))).clip);
    const ids = clips.map(({ id }) => id);
    const cache = new EmbeddingCache(database);
    await cache.put(new Map(ids.map((id) => [id, Float32Array.of(1, 2)])), 'backbone');
    return { library, clips, ids, cache };
  }

  it('leave the list, and come back unchanged with samples and embeddings', async () => {
    const { library, clips, ids, cache } = await libraryOfThree();
    const before = await library.samples(ids[0] as string);
    const removed = await library.remove(ids.slice(0, 2));
    expect(await library.list()).toEqual(clips.slice(2));
    expect((await failureOf(library.samples(ids[0] as string))).name).toBe('clip-missing');
    expect(await removed.restore()).toEqual(clips.slice(0, 2));
    expect(await library.list()).toEqual(clips);
    expect(await library.samples(ids[0] as string)).toEqual(before);
    expect((await cache.get(ids, 'backbone')).size).toBe(3);
    expect((await countRecords()).unlisted).toBe(0);
  });

  it('take no storage once the undo is given up, and stay removed', async () => {
    const { library, clips, ids } = await libraryOfThree();
    const removed = await library.remove(ids.slice(0, 2));
    await removed.discard();
    expect(await countRecords()).toEqual({ ...nothing, clips: 1, samples: 1, embeddings: 1, labels: 1 });
    expect(await removed.restore()).toEqual([]);
    expect(await library.list()).toEqual(clips.slice(2));
  });

  it('do not lose their samples when the undo is given up after it was used', async () => {
    const { library, ids } = await libraryOfThree();
    const removed = await library.remove(ids);
    await removed.restore();
    await removed.discard();
    expect(await countRecords()).toEqual({ ...nothing, clips: 3, samples: 3, embeddings: 3, labels: 1 });
  });

  it('stay removed if the same sound was kept again', async () => {
    const { library, ids } = await libraryOfThree();
    const removed = await library.remove(ids);
    await library.add(newClip(2, { name: 'again' }));
    expect((await removed.restore()).map(({ name }) => name)).toEqual(['Clip 1', 'Clip 3']);
    expect((await library.list()).map(({ name }) => name)).toEqual(['Clip 1', 'again', 'Clip 3']);
  });

  it('restore the names of their labels', async () => {
    const { library, ids } = await libraryOfThree();
    const removed = await library.remove(ids);
    await library.renameLabel('dog', { id: 'rex', name: 'Rex' });
    await removed.restore();
    expect((await library.labels()).map(({ id }) => id)).toEqual(['dog', 'rex']);
  });

  it('are deleted an hour after their tab was closed, not before', async () => {
    const { library, ids } = await libraryOfThree();
    const now = Date.now();
    await library.remove(ids.slice(0, 1));
    await library.tidy();
    expect((await countRecords()).samples).toBe(3);
    vi.spyOn(Date, 'now').mockReturnValue(now + 61 * 60 * 1000);
    await library.tidy();
    expect(await countRecords()).toEqual({ ...nothing, clips: 2, samples: 2, embeddings: 2, labels: 1 });
  });
});

it.each([undefined, 'yesterday', Number.NaN, null])(
  'samples that nobody owns are deleted if their time is damaged: %s',
  async (sinceMs) => {
    const database = openDatabase();
    await database.write(['samples', 'unlisted'], async (transaction) => {
      await transaction.objectStore('samples').put(new ArrayBuffer(9), 'lost');
      await transaction.objectStore('unlisted').put({ id: 'lost', sinceMs } as never);
    });
    await new ClipLibrary(database).tidy();
    expect(await countRecords()).toMatchObject({ samples: 0, unlisted: 0 });
  },
);

describe('many clips', () => {
  it('in more than one batch are listed, relabelled and removed, each once', async () => {
    const library = openLibrary();
    async function* hundreds() {
      for (let i = 0; i < 250; i++) yield newClip(i);
    }
    await library.addAll(hundreds(), [dog]);
    const clips = await library.list();
    expect(clips.map(({ name }) => name)).toEqual(Array.from({ length: 250 }, (_, i) => `Clip ${i}`));
    const ids = clips.map(({ id }) => id);
    await library.updateMany(ids, { addLabels: [bell] });
    expect((await library.list()).every(({ labels }) => labels.includes('door_bell'))).toBe(true);
    const removed = await library.remove(ids);
    expect(removed.clips.map(({ id }) => id)).toEqual(ids);
    expect(await library.list()).toEqual([]);
    expect(await removed.restore()).toHaveLength(250);
  });

  const clips = [1, 2, 3].map((seed) => newClip(seed));

  it('are added with their labels, and existing ones are counted', async () => {
    const library = openLibrary();
    await library.add(newClip(2, { name: 'mine' }));
    const { added, alreadyThere } = await library.addAll(stream([...clips, newClip(3)]), [bell]);
    expect(added.map(({ name }) => name)).toEqual(['Clip 1', 'Clip 3']);
    expect(alreadyThere).toBe(2);
    expect((await library.list()).map(({ name }) => name)).toEqual(['Clip 1', 'mine', 'Clip 3']);
    expect(await library.labels()).toEqual([dog, bell]);
    expect(await countRecords()).toEqual({ ...nothing, clips: 3, samples: 3, labels: 2 });
  });

  it.each([0, 1, 3, 6, 7, 8])('are added all or none if the disk is full after %d records', async (count) => {
    const library = openLibrary();
    await library.list();
    fillDiskAfter(count);
    expect((await failureOf(library.addAll(stream(clips), [bell]))).name).toBe('storage-full');
    vi.restoreAllMocks();
    expect(await countRecords()).toEqual(nothing);
  });

  it('are not added if their source fails after some were saved', async () => {
    const library = openLibrary();
    // 20 MB: more than one batch.
    const large = Array.from({ length: 5 }, (_, i) =>
      newClip(i, { samples: new Int16Array(2_000_000).fill(4096 * i) }),
    );
    let samplesSaved = 0;
    async function* failing() {
      yield* large;
      samplesSaved = (await countRecords()).samples as number;
      throw new Error('the zip is damaged');
    }
    expect((await failureOf(library.addAll(failing(), [bell]))).message).toBe('the zip is damaged');
    expect(samplesSaved).toBeGreaterThan(0);
    expect(await countRecords()).toEqual(nothing);
  });

  it('are added once by two tabs at the same time', async () => {
    const [one, two] = [openLibrary(), openLibrary()];
    const results = await Promise.all([one.addAll(stream(clips), []), two.addAll(stream(clips), [])]);
    const added = results.flatMap((result) => result.added);
    expect(added).toHaveLength(3);
    expect(results.reduce((sum, { alreadyThere }) => sum + alreadyThere, 0)).toBe(3);
    expect(await countRecords()).toEqual({ ...nothing, clips: 3, samples: 3, labels: 1 });
  });

  it('are not listed without their samples if another tab has deleted them', async () => {
    const library = openLibrary();
    const now = Date.now();
    async function* interrupted() {
      yield newClip(1, { samples: new Int16Array(9_000_000).fill(3277) });
      yield newClip(2);
      vi.spyOn(Date, 'now').mockReturnValue(now + 61 * 60 * 1000);
      await openLibrary().tidy();
    }
    expect((await failureOf(library.addAll(interrupted(), []))).name).toBe('storage-failed');
    expect(await countRecords()).toEqual(nothing);
  });
});
