import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A sentence as the source builds it, with `X` where a value comes in. */
export interface SourceSentence {
  readonly code: string;
  readonly sentence: string;
  readonly file: string;
}

/** The sentences of every `new EarmarkError(code, sentence)` in `folder` and below. */
export function errorSentences(folder: string): SourceSentence[] {
  return argumentsIn(folder, 'EarmarkError').flatMap(({ file, source, args: [code, sentence] }) => {
    if (!code || !sentence || !ts.isStringLiteral(code))
      throw new Error(`${file}: an EarmarkError without a plain code`);
    return sentencesOf(sentence, source).map((text) => ({ code: code.text, sentence: text, file }));
  });
}

/** The phrases that calls of `name` in one file are given at these places. */
export function phrasesOf(file: string, name: string, places: readonly number[]): string[] {
  return argumentsIn(file, name).flatMap(({ source, args }) =>
    places.flatMap((place) => {
      const argument = args[place];
      return argument ? sentencesOf(argument, source).filter((text) => text !== '' && text !== 'X') : [];
    }),
  );
}

interface Call {
  readonly file: string;
  readonly source: ts.SourceFile;
  readonly args: readonly ts.Expression[];
}

function argumentsIn(path: string, name: string): Call[] {
  const files = path.endsWith('.ts')
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file));
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes(`${name}(`)) return [];
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      const calls: Call[] = [];
      const visit = (node: ts.Node): void => {
        const called = ts.isNewExpression(node) || ts.isCallExpression(node) ? node : undefined;
        if (called?.expression.getText() === name) calls.push({ file, source, args: called.arguments ?? [] });
        ts.forEachChild(node, visit);
      };
      visit(source);
      return calls;
    });
}

/** What an expression can become. */
function sentencesOf(node: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return sentencesOf(node.expression, source);
  if (ts.isConditionalExpression(node))
    return [...sentencesOf(node.whenTrue, source), ...sentencesOf(node.whenFalse, source)];
  if (ts.isBinaryExpression(node)) return joined(sentencesOf(node.left, source), sentencesOf(node.right, source));
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (start, { expression, literal }) => joined(joined(start, sentencesOf(expression, source)), [literal.text]),
      [node.head.text],
    );
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'quoted') return ['“X”'];
  if (ts.isIdentifier(node)) {
    const initializer = initializerOf(node.text, source);
    if (initializer) return sentencesOf(initializer, source);
  }
  return ['X'];
}

function joined(starts: readonly string[], ends: readonly string[]): string[] {
  return starts.flatMap((start) => ends.map((end) => start + end));
}

/** What a constant of this name is set to, where that is text. */
function initializerOf(name: string, source: ts.SourceFile): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) {
      const value = node.initializer;
      if (
        value &&
        (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value) || ts.isConditionalExpression(value))
      )
        found = value;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
