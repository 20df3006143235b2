import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** A capital first, some words, and a full stop or what stands for one: as it is written for a person. */
const sentence = /^[“"]?\p{Lu}\S*(\s+\S+){2,}[.!?…:]$/u;

/** Sentences in a source that are not for the console. A value that is filled in counts as a word. */
function sentencesIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().startsWith('console.')) return;
    const said = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? filled(node) : '';
    if (sentence.test(said.trim())) found.push(said);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

const filled = ({ head, templateSpans }: ts.TemplateExpression): string =>
  head.text + templateSpans.map(({ literal }) => `X${literal.text}`).join('');

it('finds a sentence that was planted', () => {
  const planted = [
    "throw new Error('The model is missing.');",
    'this.change({ notice: `“' + '$' + '{name}” was deleted.` });',
    "const why = 'Nothing was heard here';\nconst advice = why + ' Record it again, please.';",
  ];
  expect(planted.map((source) => sentencesIn(source).length)).toEqual([1, 1, 1]);
  expect(
    sentencesIn("console.warn('The worker is started anew:', error); throw new Error('no model is loaded');"),
  ).toEqual([]);
});

it('finds none below src/ui, where nothing speaks to a person', { timeout: 60_000 }, () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((file) => join('src', file))
    .filter((file) => file.endsWith('.ts') && !file.startsWith(join('src', 'ui')));
  expect(files.length).toBeGreaterThan(80);
  const spoken = files.flatMap((file) => sentencesIn(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
  expect(spoken).toEqual([]);
});
