import { afterEach, expect, it } from 'vitest';
import { LEVEL_BYTES, type Tile, tileColumns } from '../../src/shared/contracts/recordings/recording';
import { loadAllTexts } from '../../src/ui/messages/messages';
import '../../src/ui/recordings/picture/earmark-recording-picture';
import { symmetricSpec } from '../support/feature-spec';

afterEach(() => document.body.replaceChildren());

/** A picture of ten hours, and the tiles that it asks for; they come when a test gives them. */
async function openPicture() {
  await loadAllTexts();
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const tile = (level: number, index: number): Promise<Tile> =>
    new Promise((resolve) => {
      asked.push(`${level} ${index}`);
      const bytes = new Uint8Array(tileColumns(level) * (LEVEL_BYTES + symmetricSpec.melBands));
      waiting.push(() => resolve({ level, index, bytes }));
    });
  const picture = document.createElement('earmark-recording-picture');
  const opened = {
    spec: symmetricSpec,
    hasFile: true,
    player: {},
    sketch: async () => undefined,
    tile,
    close: () => {},
  };
  Object.assign(picture, { opened, lengthSeconds: 36_000, view: { fromSeconds: 0, toSeconds: 36_000 } });
  picture.style.inlineSize = '1000px';
  document.body.append(picture);
  const give = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  await picture.updateComplete;
  while (!picture.isComplete || waiting.length > 0) {
    await give();
    await new Promise(requestAnimationFrame);
  }
  asked.length = 0;
  return { picture, asked, waiting, give };
}

it('a jump asks for what is shown at once, two tiles at a time, and for nothing else', async () => {
  const { picture, asked, waiting, give } = await openPicture();
  picture.view = { fromSeconds: 20_001, toSeconds: 20_031 };
  await picture.updateComplete;
  // Before a frame is drawn: first the stored tile, which is there at once.
  expect(asked).toEqual(['2 312', '1 10000']);
  while (waiting.length > 0) {
    expect(waiting.length).toBeLessThanOrEqual(2);
    await give();
  }
  await expect.poll(() => picture.isComplete).toBe(true);
  const fine = Array.from({ length: 16 }, (_, i) => `1 ${10_000 + i}`);
  expect(asked.toSorted()).toEqual([...fine, '2 312'].toSorted());
});

it('what has scrolled away meanwhile is not fetched', async () => {
  const { picture, asked, waiting, give } = await openPicture();
  for (const fromSeconds of [20_000, 30_000]) {
    picture.view = { fromSeconds, toSeconds: fromSeconds + 10 };
    await picture.updateComplete;
  }
  while (waiting.length > 0) await give();
  await expect.poll(() => picture.isComplete).toBe(true);
  const fine = asked.filter((place) => place.startsWith('1 '));
  expect(fine).toEqual(['1 10000', ...Array.from({ length: 5 }, (_, i) => `1 ${15_000 + i}`)]);
});
