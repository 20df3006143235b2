import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Ways to make a script or a page out of text, which Earmark takes none of, each with an example. */
const ways: readonly (readonly [RegExp, string])[] = [
  [/\beval\(/, 'eval(text)'],
  [/new Function\(/, 'new Function(text)'],
  [/\bset(Timeout|Interval)\(\s*['"`]/, "setTimeout('text')"],
  [/javascript:/, '<a href="javascript:text">'],
  [/\binnerHTML\b/, 'element.innerHTML = text'],
  [/\bouterHTML\b/, "element['outerHTML'] = text"],
  [/\binsertAdjacentHTML\b/, "element.insertAdjacentHTML('beforeend', text)"],
  [/\bsetHTMLUnsafe\b/, 'element.setHTMLUnsafe(text)'],
  [/\bparseHTMLUnsafe\b/, 'Document.parseHTMLUnsafe(text)'],
  [/\bdocument\.write(ln)?\b/, 'document.writeln(text)'],
  [/\bcreateContextualFragment\b/, 'range.createContextualFragment(text)'],
  [/\bDOMParser\b/, "new DOMParser().parseFromString(text, 'text/html')"],
  [/\bsrcdoc\b/, '<iframe srcdoc="text">'],
  [/\bunsafeHTML\b/, 'unsafeHTML(text)'],
  [/\bunsafeSVG\b/, 'unsafeSVG(text)'],
  [/\bunsafeMathML\b/, 'unsafeMathML(text)'],
  [/\bunsafeStatic\b/, 'unsafeStatic(text)'],
];

const takes = (source: string): boolean => ways.some(([way]) => way.test(source));

describe('a way to turn text into code', () => {
  it.each(ways.map(([, example]) => example))('is found in %s', (example) => {
    expect(takes(example)).toBe(true);
  });

  it('is not found in lookalikes', () => {
    expect(takes("setTimeout(look, 300); element.textContent = evaluate(text); import('./unsafe');")).toBe(false);
  });

  it('is used nowhere', () => {
    const files = ['src', 'worklets'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    const sources = files.filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => takes(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
