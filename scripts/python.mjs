/**
 * `npm run python`: checks the training package with ruff, mypy and pytest, in its own environment.
 *
 * Writes the counts to test-results/python.json. If there is no Python, or its packages cannot be fetched, the checks
 * are skipped, and the counts say why. EARMARK_PYTHON names a Python that has all packages, including torch; it is used
 * as it is.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.mjs';
import { pythonEnvironment, Unavailable } from './python-environment.mjs';

const requirements = join(root, 'training/requirements-dev.txt');
const results = join(root, 'test-results');

/** The environment's Python, with the packages of requirements-dev.txt. @throws Unavailable */
function installedPython() {
  return process.env.EARMARK_PYTHON || pythonEnvironment('python', requirements, 'checks the training package');
}

/** Runs each tool. @returns the total counts: each check is one test. */
function check(python) {
  const report = join(results, 'pytest.json');
  rmSync(report, { force: true });
  const settings = 'training/pyproject.toml';
  const checks = [
    ['ruff', 'check', 'training'],
    ['ruff', 'format', '--check', 'training'],
    ['mypy', '--config-file', settings],
  ].map((args) => runModule(python, args));
  const isTested = runModule(python, ['pytest', '-c', settings, '--quiet', 'training/tests']);
  const tests = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
  // A run that broke outside its tests has also failed.
  if (!isTested && tests.failed === 0) tests.failed = 1;
  return {
    passed: tests.passed + checks.filter((isPassed) => isPassed).length,
    failed: tests.failed + checks.filter((isPassed) => !isPassed).length,
    skipped: tests.skipped,
  };
}

/** Runs a module and prints its name. @returns whether it succeeded. */
function runModule(python, args) {
  console.log(`\n${args.slice(0, 2).join(' ')}`);
  return run(python, ['-m', ...args]) === 0;
}

/** The counts if nothing could be checked. @throws what is not {@link Unavailable}. */
function nothingChecked(error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(`SKIPPED: ${error.message}`);
  return { passed: 0, failed: 0, skipped: [{ name: 'all checks of the training package', reason: error.message }] };
}

function counts() {
  try {
    return check(installedPython());
  } catch (error) {
    return nothingChecked(error);
  }
}

mkdirSync(results, { recursive: true });
const found = counts();
writeFileSync(join(results, 'python.json'), JSON.stringify(found));
if (found.failed > 0) process.exitCode = 1;
