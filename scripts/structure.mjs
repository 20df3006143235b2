/**
 * `npm run structure`: limits the sizes of files, functions, classes and folders in src/, so that readers find their
 * way.
 *
 * Exceptions are listed in scripts/structure-exceptions.json with their reasons, which docs/architecture.md must also
 * give.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const limits = { fileLines: 300, functionLines: 60, publicMembers: 25, folderFiles: 16 };

/**
 * Every file, function, class and folder in a folder's `src`. A place is a path, followed by `#` and the name of a
 * class or function.
 *
 * @returns {{ place: string, size: number, limit: number, of: string }[]}
 */
export function things(root) {
  const src = join(root, 'src');
  return foldersBelow(src).flatMap((folder) => {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const place = relative(root, folder).replaceAll('\\', '/');
    return [
      { place, size: files.length, limit: limits.folderFiles, of: 'files' },
      ...files
        .filter(({ name }) => name.endsWith('.ts'))
        .flatMap(({ name }) => thingsOfFile(join(folder, name), `${place}/${name}`)),
    ];
  });
}

/** The {@link things} that exceed their limits. */
export function largeThings(root) {
  return things(root).filter(({ size, limit }) => size > limit);
}

/**
 * Sentences about exceeded limits without a reason, reasons that are no longer needed, and reasons missing from the
 * document.
 *
 * @param exceptions reasons by place.
 * @param document the text of docs/architecture.md.
 */
export function complaints(large, exceptions, document) {
  const places = new Set(large.map(({ place }) => place));
  return [
    ...large
      .filter(({ place }) => !(place in exceptions))
      .map(({ place, size, limit, of }) => `${place} has ${size} ${of}, and ${limit} are the most.`),
    ...Object.keys(exceptions)
      .filter((place) => !places.has(place))
      .map((place) => `${place} is no longer too large: take it out of scripts/structure-exceptions.json.`),
    ...Object.entries(exceptions)
      .filter(([, reason]) => !flat(document).includes(flat(reason)))
      .map(([place, reason]) => `docs/architecture.md does not tell why ${place} is so large: “${reason}”.`),
  ];
}

/** Words of a text, ignoring line breaks. */
function flat(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function foldersBelow(folder) {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

function thingsOfFile(path, place) {
  const text = readFileSync(path, 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [{ place, size: text.split('\n').length - 1, limit: limits.fileLines, of: 'lines' }];
  const visit = (node) => {
    if (ts.isClassLike(node)) {
      const size = publicMembersOf(node);
      found.push({ place: placeOf(node, place), size, limit: limits.publicMembers, of: 'public members' });
    }
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const size = linesOf(node, source);
      found.push({ place: placeOf(node, place), size, limit: limits.functionLines, of: 'lines in one function' });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Lines of a function without the comment above it. */
function linesOf(node, source) {
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line;
  return lineOf(node.getEnd()) - lineOf(node.getStart(source)) + 1;
}

/** Members visible to others. A getter and its setter count as one. */
function publicMembersOf(node) {
  const names = node.members.filter(isPublic).map(({ name }) => name.getText());
  return new Set(names).size;
}

/** Whether a member can be used from outside. Not public: `#names`, members declared private, and protected ones. */
function isPublic(member) {
  const hidden = ts.SyntaxKind.PrivateKeyword;
  const inherited = ts.SyntaxKind.ProtectedKeyword;
  if (!member.name || ts.isPrivateIdentifier(member.name)) return false;
  return !(member.modifiers ?? []).some(({ kind }) => kind === hidden || kind === inherited);
}

/** `file#Class.method`. An unnamed function takes the name of what it is assigned to. */
function placeOf(node, file) {
  const names = [];
  for (let at = node; at && !ts.isSourceFile(at); at = at.parent) {
    if ((ts.isClassLike(at) || ts.isFunctionLike(at) || ts.isVariableDeclaration(at)) && at.name)
      names.unshift(at.name.getText());
    else if (at === node) names.unshift(ts.isConstructorDeclaration(at) ? 'constructor' : `function ${lineName(at)}`);
  }
  return `${file}#${names.join('.')}`;
}

function lineName(node) {
  if (ts.isCallExpression(node.parent)) return `given to ${node.parent.expression.getText()}`;
  return 'without a name';
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  const exceptions = JSON.parse(readFileSync('scripts/structure-exceptions.json', 'utf8'));
  const document = readFileSync('docs/architecture.md', 'utf8');
  const found = complaints(largeThings('.'), exceptions, document);
  for (const complaint of found) console.error(complaint);
  if (found.length > 0) process.exitCode = 1;
}
