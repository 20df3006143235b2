import { expect, it } from 'vitest';
import { emptyTeachState } from '../../../../src/app/teach/teach-state';
import type { ClipInfo } from '../../../../src/shared/contracts/clip';
import { SimilarClips } from '../../../../src/ui/diary/review/similar-clips';
import { soundEvent } from '../../support/diary';

const clip = (id: string): ClipInfo => ({
  ...{ id, name: id, keptAtMs: 0, sampleRateHz: 32_000, sampleCount: 1, labels: ['dog'], reviewed: true, hash: id },
});

it('clips of Teach are ranked by their most similar window, and each stands once', async () => {
  const embeddings = new Map([
    ['far', Float32Array.of(0, 1)],
    ['near', Float32Array.of(0, 1, 1, 0.5, 1, 0.25)],
    ['of another size', Float32Array.of(1, 0, 0)],
  ]);
  const asked: string[] = [];
  const teach = {
    state: { ...emptyTeachState, clips: ['far', 'unknown', 'near', 'of another size'].map(clip) },
    embeddings: async (backbone: string) => {
      asked.push(backbone);
      return embeddings;
    },
  };
  const similar = new SimilarClips(teach);
  const event = soundEvent({ embedding: Uint16Array.of(0x3c00, 0), backbone: 'b' });
  const found = await similar.to(event);
  expect(found.map(({ clip: { id } }) => id)).toEqual(['near', 'far']);
  // 1 / √(1 + 1/16)
  expect(found[0]?.cosine).toBeCloseTo(0.97, 2);
  await similar.to(event);
  expect(asked).toEqual(['b']);
  // Clips were added or deleted: they are read again.
  teach.state = { ...teach.state, clips: [clip('far')] };
  expect((await similar.to(event)).map(({ clip: { id } }) => id)).toEqual(['far']);
  expect(await similar.to(soundEvent())).toEqual([]);
});
