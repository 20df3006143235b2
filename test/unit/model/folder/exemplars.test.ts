import { describe, expect, it } from 'vitest';
import { packEmbeddings, readExemplars } from '../../../../src/model/folder/exemplars';
import { FileNotThere } from '../../../../src/model/folder/model-folder';
import { failureOf } from '../../../support/failure';
import { shippedFile, shippedFolder } from '../../support/model';

const card = {
  backbone: 'm-1',
  seed: 1,
  sources: { clips: 2 },
  scale: [0.5, 0.25, 0],
  labels: [['dog'], []],
};
const rows = Uint8Array.of(1, 2, 3, 255, 0, 7);

function read(changes: { card?: unknown; rows?: Uint8Array<ArrayBuffer> } = {}, backbone = 'm-1') {
  return readExemplars(backbone, 3, async (file) =>
    file === 'exemplars.json'
      ? (new TextEncoder().encode(JSON.stringify(changes.card ?? card)).buffer as ArrayBuffer)
      : (changes.rows ?? rows).buffer,
  );
}

describe('exemplars', () => {
  it('are bytes times the scale of their value', async () => {
    const { embeddings, labels } = await read();
    expect([...embeddings]).toEqual([0.5, 0.5, 0, 127.5, 0, 0]);
    expect(labels).toEqual([['dog'], []]);
  });

  it('are packed to within half a step of each value’s own scale', () => {
    const embeddings = Float32Array.of(10, 0.1, 0, 2.5, 0.03, 0, 5.01, 0, 0);
    const { bytes, scale, lowest } = packEmbeddings(embeddings, 3);
    expect(scale[2]).toBe(0);
    expect(lowest).toEqual([0, 0, 0]);
    for (const [i, byte] of bytes.entries()) {
      const error = Math.abs(byte * (scale[i % 3] as number) - (embeddings[i] as number));
      expect(error).toBeLessThanOrEqual(((scale[i % 3] as number) / 2) * (1 + 1e-6));
    }
    expect(bytes[0]).toBe(255);
  });

  it('keep values below 0, which a hard-swish gives', async () => {
    const embeddings = Float32Array.of(-0.375, 2, 0, 1.5, -1, 0.5);
    const { bytes, ...ranges } = packEmbeddings(embeddings, 3);
    const found = await read({ card: { ...card, ...ranges }, rows: bytes as Uint8Array<ArrayBuffer> });
    for (const [i, value] of found.embeddings.entries()) expect(value).toBeCloseTo(embeddings[i] as number, 2);
  });

  it('of other weights are refused', async () => {
    expect(await failureOf(read({}, 'm-2'))).toMatchObject({
      name: 'exemplars-mismatched',
      message: expect.stringMatching(/m-1.*m-2/),
    });
  });

  it.each([
    ['a short table', { rows: rows.slice(1) }],
    ['a scale that is missing', { card: { ...card, scale: [1, 2] } }],
    ['a scale that is no number', { card: { ...card, scale: [1, 2, null] } }],
    ['labels that are no lists', { card: { ...card, labels: ['dog', 'cat'] } }],
    ['no card', { card: 7 }],
  ])('are refused with %s', async (_, changes) => {
    await expect(read(changes)).rejects.toMatchObject({ name: 'exemplars-damaged' });
  });

  it('report when they cannot be reached', async () => {
    const missing = readExemplars('m-1', 3, () => Promise.reject(new Error('the server answered 404')));
    expect(await failureOf(missing)).toMatchObject({
      name: 'exemplars-missing',
      message: expect.stringContaining('404'),
    });
    const without = readExemplars('m-1', 3, () => Promise.reject(new FileNotThere('no such file')));
    expect(await failureOf(without)).toMatchObject({ message: expect.stringContaining('Choose another one') });
  });

  it('ship with the model: some of every label, and background', async () => {
    const { backbone, labels } = await shippedFolder();
    const exemplars = await readExemplars(backbone, 256, shippedFile);
    for (const { id } of labels) {
      expect(exemplars.labels.filter((ids) => ids.includes(id)).length, id).toBeGreaterThanOrEqual(8);
    }
    expect(exemplars.labels.filter((ids) => ids.length === 0).length).toBeGreaterThanOrEqual(100);
    expect((await shippedFile('exemplars.bin')).byteLength).toBeLessThanOrEqual(300_000);
  });
});
