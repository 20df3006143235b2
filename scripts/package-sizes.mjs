/** `npm run package:sizes`: how large the package is that `npm run pack` made, as a table. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

const folder = join(root, 'dist-cli');

/** All files below a folder. */
function filesBelow(path) {
  return readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(path, name)).isFile());
}

/** Bytes of files, as they are and compressed. */
function sizeOf(names) {
  const contents = names.map((name) => readFileSync(join(folder, name)));
  const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);
  return {
    plain: sum(contents.map(({ length }) => length)),
    gzip: sum(contents.map((bytes) => gzipSync(bytes).length)),
  };
}

const files = filesBelow(folder);
const parts = {
  'browser: fetched with the page': ['browser/browser.js'],
  'browser: the worker, fetched when a tagger is made': ['browser/worker-text.js'],
  'browser: the worklet, fetched when it listens to a stream': ['browser/worklet-text.js'],
  'browser: Parquet, fetched when it is written': files.filter((name) => /^browser\/(parquet|columns)-/.test(name)),
  ...Object.fromEntries(
    ['earmark-120', 'earmark-light', 'earmark-52'].map((model) => [
      `model ${model}`,
      files.filter((name) => name.startsWith(`models/${model}/`)),
    ]),
  ),
  'Node and the command line: scripts and WASM': files.filter((name) => /^[^/]+\.(mjs|wasm)$/.test(name)),
  'the whole package': files,
};
const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
console.log('| part | size | gzip |\n| --- | ---: | ---: |');
for (const [name, names] of Object.entries(parts)) {
  const { plain, gzip } = sizeOf(names);
  console.log(`| ${name} | ${kilobytes(plain)} | ${kilobytes(gzip)} |`);
}
