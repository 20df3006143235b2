/**
 * `npm run draw:house`: draws in docs/architecture.md which room of src/ imports which, as Mermaid. With `--check` it
 * only fails if the drawing does not match the current imports.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, root, SetupError } from './install.mjs';

const DOCUMENT = join(root, 'docs/architecture.md');
const BEGIN = '<!-- npm run draw:house: begin -->';
const END = '<!-- npm run draw:house: end -->';

/**
 * The floors from top to bottom, each with its rooms from left to right: [title, rooms]. New rooms get a floor of their
 * own.
 */
const floors = [
  ['main thread: the page', ['src/ui/main.ts', 'src/ui/after-first-paint.ts', 'src/ui/page']],
  [
    'main thread: the views',
    ['src/ui/listen', 'src/ui/diary', 'src/ui/recordings', 'src/ui/teach', 'src/ui/models', 'src/ui/settings'],
  ],
  ['main thread: what every view draws with', ['src/ui/kit', 'src/ui/messages']],
  ['main thread: state and what it needs', ['src/app', 'src/audio', 'src/store']],
  ['threads of their own', ['src/tagger', 'src/service-worker', 'worklets']],
  ['any thread', ['src/recordings', 'src/teach', 'src/model', 'src/events', 'src/sound', 'src/metrics', 'src/dsp']],
  ['every thread', ['src/shared']],
];

/** The room of a file: a folder or a file of src/ui, elsewhere a folder of src. */
export function roomOf(file) {
  const [first, second, third] = file.split('/');
  if (first === 'worklets') return first;
  return second === 'ui' ? `src/ui/${third}` : `${first}/${second}`;
}

/**
 * Which rooms import which, without implied arrows: if A imports B, and B imports C, no arrow from A to C is drawn.
 *
 * @param {readonly (readonly [string, string])[]} imports from one file to another.
 * @returns {[string, string][]} sorted.
 */
export function arrowsBetween(imports) {
  const targets = new Map();
  for (const [from, to] of imports.map((pair) => pair.map(roomOf))) {
    if (from !== to) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const reaches = (from, to, seen = new Set()) =>
    [...(targets.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return [...targets]
    .flatMap(([from, tos]) =>
      [...tos]
        .filter((to) => ![...tos].some((other) => other !== to && other !== from && reaches(other, to)))
        .map((to) => [from, to]),
    )
    .sort();
}

/** The drawing in Mermaid's syntax. */
export function drawing(imports) {
  const rooms = new Set(imports.flat().map(roomOf));
  const placed = floors.map(([title, own]) => [title, own.filter((room) => rooms.has(room))]);
  const known = new Set(floors.flatMap(([, own]) => own));
  const unplaced = [...rooms].filter((room) => !known.has(room)).sort();
  const all = [...placed, ['elsewhere', unplaced]].filter(([, own]) => own.length > 0);
  return [
    'flowchart TB',
    ...all.flatMap(([title, own], i) => [
      `  subgraph floor${i}["${title}"]`,
      ...own.map((room) => `    ${idOf(room)}["${room}"]`),
      '  end',
    ]),
    ...arrowsBetween(imports).map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`),
  ].join('\n');
}

function idOf(room) {
  return room.replace(/\W+/g, '_');
}

/** Imports between files of src/, including type imports. @throws SetupError */
function importsOfHouse() {
  const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'worklets'];
  const { stdout } = spawnSync(process.execPath, [binary, ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (!stdout) throw new SetupError('dependency-cruiser could not read the imports: run “npm run imports”.');
  const isOurs = (file) => /^(src|worklets)\//.test(file);
  return JSON.parse(stdout)
    .modules.filter(({ source }) => isOurs(source))
    .flatMap(({ source, dependencies }) =>
      dependencies.filter(({ resolved }) => isOurs(resolved)).map(({ resolved }) => [source, resolved]),
    );
}

/** The document with the drawing between its markers. @throws SetupError if it has no markers. */
export function withDrawing(document, mermaid) {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new SetupError(`docs/architecture.md has no lines ${BEGIN} and ${END}.`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n\`\`\`mermaid\n${mermaid}\n\`\`\`\n\n${document.slice(end)}`;
}

function main() {
  const document = readFileSync(DOCUMENT, 'utf8');
  const drawn = withDrawing(document, drawing(importsOfHouse()));
  if (drawn === document) return;
  if (process.argv.includes('--check')) {
    throw new SetupError('The drawing in docs/architecture.md is not of today’s imports: run “npm run draw:house”.');
  }
  writeFileSync(DOCUMENT, drawn);
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  try {
    main();
  } catch (error) {
    fail(error);
  }
}
