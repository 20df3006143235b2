/** `npm run lighthouse`: builds the app, runs Lighthouse on it, and fails below the promised scores. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumArguments } from './chromium.mjs';
import { fail, installBrowser, installPackages, root, SetupError } from './install.mjs';

/** Not a dependency: it is large, and few people need it. */
const LIGHTHOUSE = 'lighthouse@12.2.3';

const PORT = Number(process.env.EARMARK_PORT ?? 4173);

/** Minimum scores out of 100, by Lighthouse's category names. */
const leastScores = { performance: 95, accessibility: 100, 'best-practices': 100 };

const reportPath = join(root, 'test-results', 'lighthouse.json');

/** Runs Lighthouse on `url`, in a separate process from the server. @returns its report. @throws SetupError */
async function lighthouse(url, browser) {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const options = [
    '--quiet',
    `--only-categories=${Object.keys(leastScores).join(',')}`,
    '--output=json',
    `--output-path=${reportPath}`,
    `--chrome-flags="--headless=new ${chromiumArguments.join(' ')}"`,
  ];
  // Windows finds npx only through a shell, which strips the quotes of the last option.
  const child = spawn(`npx --yes ${LIGHTHOUSE} ${url} ${options.join(' ')}`, {
    cwd: root,
    env: { ...process.env, CHROME_PATH: browser },
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new SetupError('Lighthouse could not look at the page: see its messages above.');
  return JSON.parse(readFileSync(reportPath, 'utf8'));
}

/** Prints a category's score and what cost points. @returns whether the score is high enough. */
function reportCategory({ categories, audits }, name, least) {
  const { score, auditRefs } = categories[name];
  const points = Math.round(score * 100);
  console.log(`${name}: ${points} of 100 (at least ${least})`);
  for (const { id, weight } of auditRefs) {
    const { score: part, title, displayValue = '' } = audits[id];
    if (weight > 0 && part !== null && part < 1) console.log(`  ${Math.round(part * 100)}  ${title} ${displayValue}`);
  }
  return points >= least;
}

try {
  installPackages();
  const browser = await installBrowser();
  const { build, preview } = await import('vite');
  await build({ root });
  const server = await preview({ root, preview: { port: PORT } });
  try {
    const report = await lighthouse(`http://localhost:${PORT}/`, browser);
    const results = Object.entries(leastScores).map(([name, least]) => reportCategory(report, name, least));
    if (results.includes(false)) process.exitCode = 1;
  } finally {
    await server.close();
  }
} catch (error) {
  fail(error);
}
