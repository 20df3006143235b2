import { afterEach, describe, expect, it } from 'vitest';
import '../../src/ui/kit/table/earmark-scroll';
import type { EarmarkScroll } from '../../src/ui/kit/table/earmark-scroll';
import '../../src/ui/tokens.css';

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.dir = '';
});

/** A box of 200 × 100 pixels with something of this size in it. */
async function open(width: number, height: number): Promise<EarmarkScroll> {
  const scroll = document.createElement('earmark-scroll');
  Object.assign(scroll.style, { width: '200px', height: '100px' });
  const content = document.createElement('div');
  Object.assign(content.style, { width: `${width}px`, height: `${height}px` });
  scroll.append(content);
  document.body.replaceChildren(scroll);
  await scroll.updateComplete;
  return scroll;
}

const box = (scroll: EarmarkScroll) => scroll.shadowRoot?.querySelector('.box') as HTMLElement;

/** The edges that show that there is more. */
function hints(scroll: EarmarkScroll): string[] {
  const edges = [...(scroll.shadowRoot?.querySelectorAll('i') ?? [])];
  return edges.filter((edge) => edge.checkVisibility()).map(({ className }) => className);
}

describe('a box that scrolls', () => {
  it('shows no edge if everything fits', async () => {
    const scroll = await open(150, 80);
    await new Promise(requestAnimationFrame);
    expect(hints(scroll)).toEqual([]);
  });

  it('shows where there is more, and follows the scrolling', async () => {
    const scroll = await open(500, 400);
    await expect.poll(() => hints(scroll)).toEqual(['end', 'below']);
    box(scroll).scrollTo({ left: 50, top: 60, behavior: 'instant' });
    await expect.poll(() => hints(scroll)).toEqual(['start', 'end', 'above', 'below']);
    box(scroll).scrollTo({ left: 500, top: 400, behavior: 'instant' });
    await expect.poll(() => hints(scroll)).toEqual(['start', 'above']);
  });

  it('shows it from right to left, too', async () => {
    document.documentElement.dir = 'rtl';
    const scroll = await open(500, 80);
    await expect.poll(() => hints(scroll)).toEqual(['end']);
    box(scroll).scrollTo({ left: -500, behavior: 'instant' });
    await expect.poll(() => hints(scroll)).toEqual(['start']);
  });

  it('notices growing content', async () => {
    const scroll = await open(150, 80);
    (scroll.firstElementChild as HTMLElement).style.height = '300px';
    await expect.poll(() => hints(scroll)).toEqual(['below']);
  });
});
