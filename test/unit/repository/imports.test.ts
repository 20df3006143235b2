import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Planted imports, each against one rule, from a file of that name to another: [rule, from, to]. */
const wrong = [
  ['ui/teach-floor', 'src/ui/teach/view.ts', 'src/ui/listen/view.ts'],
  ['ui/kit-floor', 'src/ui/kit/chart.ts', 'src/ui/models/view.ts'],
  ['ui/messages-floor', 'src/ui/messages/texts.ts', 'src/ui/kit/format.ts'],
  ['ui/page-floor', 'src/ui/page/frame.ts', 'src/ui/main.ts'],
  ['shared-imports', 'src/shared/lib/files/wav.ts', 'src/app/app.ts'],
  ['dsp-imports', 'src/dsp/mel.ts', 'src/model/engine.ts'],
  ['app-imports', 'src/app/state.ts', 'src/ui/kit/icons.ts'],
  ['tagger-imports', 'src/tagger/tagger.ts', 'src/store/database.ts'],
  ['worklets-imports', 'worklets/capture.ts', 'src/dsp/log-mel.ts'],
  ['unknown-folder', 'src/elsewhere/thing.ts', 'src/shared/lib/math/random.ts'],
  ['unknown-floor', 'src/ui/elsewhere/thing.ts', 'src/ui/messages/plural.ts'],
  ['node-file-in-browser', 'src/store/files.ts', 'src/store/node.ts'],
] as const;

/** As many the other way round, which are allowed. */
const right = [
  ['src/ui/main.ts', 'src/ui/page/app.ts'],
  ['src/ui/page/views.ts', 'src/ui/settings/view.ts'],
  ['src/ui/settings/rows.ts', 'src/ui/kit/controls.ts'],
  ['src/ui/kit/words.ts', 'src/ui/messages/words.ts'],
  ['src/app/commands.ts', 'src/shared/lib/zip.ts'],
  ['src/tagger/live.ts', 'src/dsp/window.ts'],
] as const;

let root: string;
let report: { violations: { rule: { name: string }; from: string; to: string }[] };

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'earmark-imports-'));
  copyFileSync('tsconfig.json', join(root, 'tsconfig.json'));
  const pairs = [...wrong.map(([, from, to]) => [from, to]), ...right] as [string, string][];
  // Targets first, so that one that also imports keeps its import.
  for (const [, to] of pairs) plant(to, 'export {};\n');
  for (const [from, to] of pairs) plant(from, `import '${relativeAddress(from, to)}';\nexport {};\n`);
  const binary = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'worklets'];
  const { stdout, stderr } = spawnSync(process.execPath, [binary, ...options], { cwd: root, encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  report = JSON.parse(stdout).summary;
  // A busy machine takes its time.
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function relativeAddress(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to.replace(/\.ts$/, '')}`;
}

/** Names of the rules that an import breaks. */
const broken = (from: string, to: string): string[] =>
  report.violations.filter((violation) => violation.from === from && violation.to === to).map(({ rule }) => rule.name);

it.each(wrong)('%s: %s may not import %s', (rule, from, to) => {
  expect(broken(from, to)).toEqual([rule]);
});

it.each(right)('%s may import %s', (from, to) => {
  expect(broken(from, to)).toEqual([]);
});
