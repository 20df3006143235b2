import { html, render } from 'lit';
import { describe, expect, it } from 'vitest';
import { drawMarkdown } from '../../src/ui/models/markdown';

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

  it('draws tables', () => {
    expect(drawn('| a | b |\n| --- | --- |\n| 1 | `2` |')).toContain('<td>1</td><td><code>2</code></td>');
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
