/**
 * `npm run house-table -- [FOLDER ...]`: prints the sizes of the rooms, files and bundles of checkouts, one column
 * each, as Markdown. The bundle sizes need a build (`npm run build`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { things } from './structure.mjs';

/** A stretch of this many identical lines counts as duplicated. */
const COPIED_LINES = 6;

function largest(all, of) {
  const [first] = all.filter((thing) => thing.of === of).sort((a, b) => b.size - a.size);
  return `${first.size}: \`${first.place.replace(/^src\//, '')}\``;
}

/** Lines of src/ in a stretch of six or more that also occurs elsewhere. Imports and lone brackets do not count. */
function copiedLines(root) {
  const files = filesBelow(join(root, 'src')).filter((file) => file.endsWith('.ts'));
  const lines = files.flatMap((file) => {
    const own = readFileSync(file, 'utf8')
      .replace(/^import [^;]*;$/gm, '')
      .split('\n')
      .map((text) => text.trim())
      .filter((text) => /\w/.test(text) && !/^(\/?\*|\/\/)/.test(text));
    return own.map((text) => ({ file, text }));
  });
  const placesOf = new Map();
  for (let start = 0; start + COPIED_LINES <= lines.length; start++) {
    const stretch = lines.slice(start, start + COPIED_LINES);
    if (stretch[0].file !== stretch[COPIED_LINES - 1].file) continue;
    const key = stretch.map(({ text }) => text).join('\n');
    placesOf.set(key, [...(placesOf.get(key) ?? []), start]);
  }
  const copied = new Set();
  for (const starts of placesOf.values()) {
    if (starts.length < 2) continue;
    for (const start of starts) for (let i = 0; i < COPIED_LINES; i++) copied.add(start + i);
  }
  return `${copied.size} of ${lines.length}`;
}

/** Compressed bytes of the built files with matching names. */
function builtBytes(root, names) {
  const dist = join(root, 'dist');
  if (!existsSync(dist)) return 'not built';
  const files = filesBelow(dist).filter((file) => names.test(file.replaceAll('\\', '/')));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  return `${Math.round(bytes / 1e3)} kB`;
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function column(root) {
  const all = things(root);
  const files = all.filter(({ of }) => of === 'lines');
  return {
    'files, folders of src': `${files.length}, ${all.filter(({ of }) => of === 'files').length}`,
    'lines of src': String(files.reduce((sum, { size }) => sum + size, 0)),
    'most files in a folder': largest(all, 'files'),
    'longest file, lines': largest(all, 'lines'),
    'longest function, lines': largest(all, 'lines in one function'),
    'class with the most public members': largest(all, 'public members'),
    'larger than its limit': String(all.filter(({ size, limit }) => size > limit).length),
    [`lines in copied stretches of ${COPIED_LINES}`]: copiedLines(root),
    'scripts and engines, compressed': builtBytes(root, /dist\/assets\/.*\.(js|wasm)$/),
  };
}

const roots = process.argv.length > 2 ? process.argv.slice(2) : ['.'];
const columns = roots.map(column);
console.log(`| | ${roots.map((root) => basename(resolve(root))).join(' | ')} |`);
console.log(`| --- | ${roots.map(() => '---').join(' | ')} |`);
for (const name of Object.keys(columns[0])) console.log(`| ${name} | ${columns.map((own) => own[name]).join(' | ')} |`);
