import { html, render } from 'lit';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EarmarkTable } from '../../src/ui/kit/table/earmark-table';
import { tableCsv } from '../../src/ui/kit/table/table-data';
import { loadAllTexts } from '../../src/ui/messages/messages';
import { drawMarkdown } from '../../src/ui/models/markdown';

beforeAll(loadAllTexts);

function drawn(text: string): string {
  const place = document.createElement('div');
  render(html`${drawMarkdown(text, 3)}`, place);
  return place.innerHTML
    .replace(/<!--.*?-->/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('Markdown', () => {
  it.each([
    ['# One', '<h3>One</h3>'],
    ['## Two *words*', '<h4>Two <em>words</em></h4>'],
    ['a & b < c', '<p>a &amp; b &lt; c</p>'],
    ['**b** and `c<d>`', '<p><strong>b</strong> and <code>c&lt;d&gt;</code></p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['1. one', '<ol><li>one</li></ol>'],
    ['```\na  <b>\n```', '<pre tabindex="0"><code>a <b></code></pre>'.replace('<b>', '&lt;b&gt;')],
    ['[page](https://a.b/c)', '<p><a target="_blank" rel="noopener noreferrer" href="https://a.b/c">page</a></p>'],
  ])('%j becomes what it means', (text, expected) => {
    expect(drawn(text)).toBe(expected);
  });

  it('draws tables, which are handed out without their marks and under the name of their section', async () => {
    const place = document.createElement('div');
    document.body.append(place);
    const text =
      '# The *card*\n\n| set | a | b |\n| --- | --- | --- |\n| x | 0.50 | `2` |\n| **y** | −1 | [two](https://a.b/) |';
    render(html`${drawMarkdown(text, 3)}`, place);
    const table = place.querySelector('earmark-table') as EarmarkTable;
    await table.updateComplete;
    const cells = [...(table.shadowRoot?.querySelectorAll('td') ?? [])].map((cell) => cell.innerHTML);
    place.remove();
    expect(cells.map((cell) => cell.replace(/<!--.*?-->/g, '').trim())).toEqual([
      '0.50',
      '<code>2</code>',
      '−1',
      '<a target="_blank" rel="noopener noreferrer" href="https://a.b/">two</a>',
    ]);
    expect(table.data.name).toBe('The card');
    expect(tableCsv(table.data)).toBe('set,a,b\nx,0.5,2\ny,-1,two\n');
  });

  it.each([
    ['<img src=x onerror=alert(1)>', 'img'],
    ['a <script>alert(1)</script> b', 'script'],
    ['![x](https://a.b/c.png)', 'img'],
    ['[x](javascript:alert(1))', 'a'],
    ['[x](../../training/README.md)', 'a'],
  ])('makes no element of %j', (text, tag) => {
    const place = document.createElement('div');
    render(html`${drawMarkdown(text, 3)}`, place);
    expect(place.querySelector(tag)).toBeNull();
  });
});
