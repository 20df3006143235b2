import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/shared/contracts/messages/problem';
import { BoardScreen } from '../../src/ui/listen/stages/board-screen';
import { pictureStyles, wallStyles } from '../../src/ui/listen/stages/board-styles';
import { loadAllTexts, t, useLanguage } from '../../src/ui/messages/messages';

const sizes = [
  ['a desk', 1280, 800],
  ['a desk at 200 %', 640, 400],
  ['a telephone on its side', 844, 390],
  ['a telephone', 390, 844],
  ['a television', 1920, 1080],
] as const;

beforeEach(loadAllTexts);

afterEach(async () => {
  document.body.replaceChildren();
  await useLanguage('en');
});

/** A screen of this size, in a frame: the window's own size belongs to all tests. */
function open(styles: string, hint: string, width: number, height: number): { screen: BoardScreen; root: ShadowRoot } {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, border: 'none' });
  document.body.replaceChildren(frame);
  const inside = frame.contentWindow as Window & typeof globalThis;
  const host = inside.document.createElement('div');
  inside.document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  return { screen: new BoardScreen(root, inside, 3, styles, hint), root };
}

/** What does not fit into its place. */
function cut(root: ShadowRoot): string[] {
  return [...root.querySelectorAll<HTMLElement>('li, span, div, ol')]
    .filter((element) => element.checkVisibility())
    .filter(
      ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1,
    )
    .map((element) => `${element.localName}: ${element.textContent}`);
}

const problems: readonly Problem[] = [
  { code: 'microphone-unplugged' },
  { code: 'permission-denied' },
  { code: 'no-microphone' },
  { code: 'audio-suspended' },
  { code: 'microphone-muted' },
  { code: 'worker-died', end: 'not-loaded', detail: 'TypeError: Failed to fetch' },
  { code: 'model-missing', model: 'earmark-52', file: 'weights.bin', detail: 'HTTP 404' },
];

describe.each(['en', 'de'] as const)('the wall in %s', (language) => {
  it.each(sizes)('cuts no name of a sound on %s', async (_, width, height) => {
    await useLanguage(language);
    const { screen, root } = open(wallStyles, '', width, height);
    const names = [...Object.values(t.labels), 'The old alarm clock beside the bed'];
    for (let at = 0; at < names.length; at += 3) {
      screen.show(
        names.slice(at, at + 3).map((name) => ({ name, probability: 1 })),
        undefined,
      );
      expect.soft(cut(root)).toEqual([]);
    }
  });

  it.each(sizes)(
    'writes no name of what has stopped smaller than how long ago it was, on %s',
    async (_, width, height) => {
      await useLanguage(language);
      const { screen, root } = open(wallStyles, '', width, height);
      const names = Object.values(t.labels);
      const size = (selector: string) =>
        Number.parseFloat(getComputedStyle(root.querySelector(selector) as Element).fontSize);
      for (let at = 0; at < names.length; at += 2) {
        screen.show(
          names.slice(at, at + 2).map((name) => ({ name, agoMs: 130_000 })),
          undefined,
        );
        expect.soft(cut(root)).toEqual([]);
        expect.soft(size('li:nth-child(2) span'), names[at]).toBeGreaterThanOrEqual(size('li:nth-child(2) b'));
      }
    },
  );

  it.each(sizes)('has room for each reason why it does not listen, on %s', async (_, width, height) => {
    await useLanguage(language);
    const { screen, root } = open(wallStyles, t.stages.leaveWall, width, height);
    for (const problem of problems) {
      screen.show([], { code: 'problem', problem });
      expect.soft(cut(root), problem.code).toEqual([]);
    }
  });

  it.each(sizes)('writes the reason so that it is read from afar, on %s', async (_, width, height) => {
    await useLanguage(language);
    const { screen, root } = open(wallStyles, t.stages.leaveWall, width, height);
    screen.show([], { code: 'no-sound' });
    const size = (selector: string) =>
      Number.parseFloat(getComputedStyle(root.querySelector(selector) as Element).fontSize);
    expect(size('p')).toBeGreaterThanOrEqual(24);
    expect(size('small')).toBeGreaterThanOrEqual(15);
  });

  it('has it in the small window, too', async () => {
    await useLanguage(language);
    const { screen, root } = open(pictureStyles, '', 320, 180);
    for (const problem of problems) {
      screen.show([], { code: 'problem', problem });
      expect.soft(cut(root), problem.code).toEqual([]);
    }
  });
});

it('says how to get back where the buttons are, where they are out of sight', () => {
  const { screen, root } = open(wallStyles, t.stages.leaveWall, 1280, 800);
  screen.show([], { code: 'problem', problem: { code: 'audio-suspended' } });
  const texts = [...root.querySelectorAll('div > *')].map(({ textContent }) => textContent);
  expect(texts.slice(1)).toEqual([
    'The browser paused audio, so nothing is heard. Press “Resume” to continue.',
    'Esc or a tap leads back to Earmark.',
  ]);
});
