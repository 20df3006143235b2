/** What `npm run pack` adds for programs that use Earmark as a library: for browsers, and the types. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { build } from 'vite';
import { root } from './install.mjs';

/**
 * Bundles the library for browsers into a folder.
 *
 * The worker and the worklet are texts in modules of their own, which `import()` fetches: whatever bundler a page uses,
 * it need not know of workers, worklets or WebAssembly.
 *
 * @param plugins of all builds. @returns sizes in bytes, by file.
 */
export async function packBrowserLibrary(target, plugins) {
  const texts = {
    worker: await bundledText(join(root, 'library/worker.ts'), plugins),
    worklet: await bundledText(join(root, 'worklets/capture.ts'), plugins),
  };
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(texts)) {
    // Pages whose policy forbids blob: serve these themselves.
    writeFileSync(join(target, `${name}.js`), text);
    writeFileSync(join(target, `${name}-text.js`), `export default ${JSON.stringify(text)};\n`);
  }
  const output = await build({
    ...common(plugins),
    build: {
      ...bundleOptions,
      minify: false,
      lib: { entry: join(root, 'library/browser.ts'), formats: ['es'] },
      rolldownOptions: {
        external: /^earmark:/,
        output: { codeSplitting: true, paths: (id) => id.replace(/^earmark:(.+)$/, './$1-text.js') },
      },
    },
  });
  const chunks = output[0].output;
  for (const { fileName, code } of chunks) {
    const name = fileName === entryOf(chunks).fileName ? 'browser.js' : fileName;
    writeFileSync(join(target, name), code);
  }
}

function entryOf(chunks) {
  return chunks.find(({ isEntry }) => isEntry);
}

const bundleOptions = { write: false, target: 'es2022', assetsInlineLimit: Number.MAX_SAFE_INTEGER };

function common(plugins) {
  return { configFile: false, root, logLevel: 'warn', publicDir: false, plugins: plugins() };
}

/** One module without imports. */
async function bundledText(entry, plugins) {
  const output = await build({
    ...common(plugins),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ...bundleOptions,
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const chunks = output[0].output.filter(({ type }) => type === 'chunk');
  if (chunks.length !== 1) throw new Error(`${entry} became ${chunks.length} files`);
  return chunks[0].code;
}

/** Writes the declarations of modules, and of all that they import from this repository. */
export function packTypes(target, entries) {
  const waiting = entries.map((entry) => resolve(root, entry));
  for (const path of waiting) {
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, declaration: true };
    const source = readFileSync(path, 'utf8');
    const { outputText } = ts.transpileDeclaration(source, { fileName: path, compilerOptions });
    const text = outputText.replaceAll(/(from ['"])(\.[^'"]*)(['"])/g, (_, before, specifier, after) => {
      const imported = resolve(dirname(path), `${specifier}.ts`);
      if (!waiting.includes(imported)) waiting.push(imported);
      return `${before}${specifier}.js${after}`;
    });
    const file = join(target, relative(root, path).replace(/\.ts$/, '.d.ts'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
