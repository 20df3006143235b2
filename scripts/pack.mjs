/**
 * Makes the package `earmark` (`npm run pack`) with the command line and the library in dist-cli/, and packs it into a
 * file that npm and npx can install anywhere. `-- --into DIR` puts the file there.
 *
 * Everything is bundled: the package has no dependencies.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { LicenceCollector } from '../build/licences.ts';
import { installCliPackages, root, run } from './install.mjs';
import { packBrowserLibrary, packTypes } from './pack-library.mjs';

const require = createRequire(import.meta.url);
const { values } = parseArgs({ options: { into: { type: 'string', default: root } } });
const target = join(root, 'dist-cli');
const destination = resolve(values.into);
const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

installCliPackages();
const licences = new LicenceCollector(root);
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  plugins: [licences.collecting()],
  resolve: { conditions: ['node'] },
  ssr: { noExternal: true, external: ['node-fetch', '@aws-sdk/client-s3'] },
  build: {
    ssr: true,
    outDir: target,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      // Browsers' backends, and a fetch for Node before 18: nothing here asks for them.
      external: [/^@tensorflow\/tfjs-backend-(webgl|webgpu|cpu)$/, 'node-fetch', '@aws-sdk/client-s3'],
      input: {
        earmark: join(root, 'cli/earmark/earmark.ts'),
        'tag-worker': join(root, 'cli/earmark/tag/tag-worker.ts'),
        'archive-worker': join(root, 'cli/earmark/archive/archive-worker.ts'),
        'man-page': join(root, 'cli/earmark/help/man-page.ts'),
        node: join(root, 'library/node.ts'),
      },
      output: {
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
        // The WASM backend is written for both module systems of Node, and asks for these.
        banner: [
          "import { createRequire as earmarkRequire } from 'node:module';",
          "import { dirname as earmarkDirname } from 'node:path';",
          "import { fileURLToPath as earmarkPath } from 'node:url';",
          'const require = earmarkRequire(import.meta.url);',
          'const __filename = earmarkPath(import.meta.url);',
          'const __dirname = earmarkDirname(__filename);',
        ].join('\n'),
      },
    },
  },
});

const command = join(target, 'earmark.mjs');
writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`, { mode: 0o755 });

await packBrowserLibrary(join(target, 'browser'), () => [licences.collecting()]);
packTypes(join(target, 'types'), ['library/browser.ts', 'library/node.ts']);

const backend = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
for (const binary of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
  cpSync(join(backend, binary), join(target, binary));
}
cpSync(join(root, 'public/models'), join(target, 'models'), {
  recursive: true,
  // They serve the page's training only.
  filter: (path) => !/exemplars\.(bin|json)$/.test(path),
});
for (const file of ['LICENSE', 'cli/earmark/README.md']) cpSync(join(root, file), join(target, file.split('/').at(-1)));

const { manPage } = await import(join(target, 'man-page.mjs'));
mkdirSync(join(target, 'man'));
writeFileSync(join(target, 'man/earmark.1'), manPage(version));
rmSync(join(target, 'man-page.mjs'));

writeFileSync(join(target, 'licences.txt'), licences.packagesText());

const manifest = {
  name: 'earmark',
  version,
  description: 'Finds what sounds in recordings: events with label, time and probability, on your own machine.',
  license,
  type: 'module',
  engines,
  bin: { earmark: 'earmark.mjs' },
  // npm links the pages of a list only.
  man: ['man/earmark.1'],
  exports: {
    '.': {
      node: { types: './types/library/node.d.ts', default: './node.mjs' },
      default: { types: './types/library/browser.d.ts', default: './browser/browser.js' },
    },
    './models/*': './models/*',
    './package.json': './package.json',
  },
  sideEffects: false,
  // For s3://, which few need. npm installs it only for those who ask.
  peerDependencies: { '@aws-sdk/client-s3': '^3' },
  peerDependenciesMeta: { '@aws-sdk/client-s3': { optional: true } },
};
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

process.exitCode = run('npm', ['pack', target, '--silent', '--pack-destination', destination]);
