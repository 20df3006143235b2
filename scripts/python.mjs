/**
 * `npm run python`: checks the training package with ruff, mypy and pytest, in its own environment.
 *
 * Writes the counts to test-results/python.json. If there is no Python, or its packages cannot be fetched, the checks
 * are skipped, and the counts say why. EARMARK_PYTHON names a Python that has all packages, including torch; it is used
 * as it is.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, start } from './install.mjs';
import { pythonEnvironment, Unavailable } from './python-environment.mjs';
import { pythonCounts } from './test-results.mjs';

const requirements = join(root, 'training/requirements-dev.txt');
const results = join(root, 'test-results');

/** The environment's Python, with the packages of requirements-dev.txt. @throws Unavailable */
function installedPython() {
  return process.env.EARMARK_PYTHON || pythonEnvironment('python', requirements, 'checks the training package');
}

/** Runs each tool. @returns the total counts: each check is one test. */
async function check(python) {
  const report = join(results, 'pytest.json');
  rmSync(report, { force: true });
  const settings = 'training/pyproject.toml';
  const checks = [
    // Concise: the first line says where as well as what, for the list at the end of `npm test`.
    await runModule(python, 'ruff check', ['ruff', 'check', '--output-format', 'concise', 'training']),
    await runModule(python, 'ruff format', ['ruff', 'format', '--check', 'training']),
    await runModule(python, 'mypy', ['mypy', '--config-file', settings]),
  ];
  const pytest = await runModule(python, 'pytest', ['pytest', '-c', settings, '--quiet', 'training/tests']);
  return pythonCounts(checks, pytest, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
}

/** Runs a module, and prints its name and its output. @returns both, and its exit status. */
async function runModule(python, name, args) {
  console.log(`\n${name}`);
  let output = '';
  const take = (piece) => {
    process.stdout.write(piece);
    output += piece;
  };
  return { name, status: await start(python, ['-m', ...args], take), output };
}

/** The counts if nothing could be checked. @throws what is not {@link Unavailable}. */
function nothingChecked(error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(`SKIPPED: ${error.message}`);
  return { passed: 0, failed: 0, skipped: [{ name: 'all checks of the training package', reason: error.message }] };
}

async function counts() {
  try {
    return await check(installedPython());
  } catch (error) {
    return nothingChecked(error);
  }
}

mkdirSync(results, { recursive: true });
const found = await counts();
writeFileSync(join(results, 'python.json'), JSON.stringify(found));
if (found.failed > 0) process.exitCode = 1;
