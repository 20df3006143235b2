/**
 * `npm test`: installs what is missing, then runs every check and every test, even after failures.
 *
 * The last line of its output is `N passed, N failed`.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  fail,
  installBrowser,
  installCliPackages,
  installPackages,
  installServers,
  root,
  run,
  start,
} from './install.mjs';
import { installS3Server } from './install-s3-server.mjs';
import { resultLines } from './test-results.mjs';

const testResults = join(root, 'test-results');

/** Each counts as one test. */
const checks = ['types', 'lint', 'imports'];

/** Test runners: the npm script that starts one, its options, and the file in test-results/ with its counts. */
const unitTests = { script: 'test:unit', results: 'unit.json', read: (counts) => counts };
const browserTests = { script: 'test:browser', results: 'browser.json', read: (counts) => counts };
const pythonTests = { script: 'python', results: 'python.json', read: (counts) => counts, mayBeUnavailable: true };
const endToEndTests = { script: 'test:e2e', results: 'e2e.json', read: playwrightCounts };

/** Runs one check. @returns its counts. */
function runCheck(script) {
  heading(script);
  const isPassed = run('npm', ['run', '--silent', script]) === 0;
  console.log(`${script}: ${isPassed ? 'passed' : 'FAILED'}`);
  return { script, passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: [] };
}

/** Starts a suite's runner. @param take gets its output. @returns its exit status, later. */
function startRunner({ script, results }, env, take) {
  rmSync(join(testResults, results), { force: true });
  return start('npm', ['run', '--silent', script], take, env);
}

/** Runs one suite. @returns its counts. */
async function runSuite(suite, env) {
  heading(suite.script);
  return countsAfter(suite, await startRunner(suite, env, (piece) => process.stdout.write(piece)));
}

/** Starts a suite that runs beside others. @returns what waits for its end, prints its output, and gives its counts. */
function startSuite(suite, env) {
  const output = [];
  const ended = startRunner(suite, env, (piece) => output.push(piece));
  return async () => {
    const status = await ended;
    heading(suite.script);
    for (const piece of output) process.stdout.write(piece);
    return countsAfter(suite, status);
  };
}

/** Counts of a suite that has ended; a runner that crashed or ran nothing counts as one failed test. */
function countsAfter({ script, results, read, mayBeUnavailable = false }, status) {
  const counts = readCounts(join(testResults, results), read);
  if (counts.failed === 0 && status !== 0) {
    console.log(`${script}: FAILED, its runner ended with exit status ${status}`);
    counts.failed = 1;
  }
  const isUnavailable = mayBeUnavailable && counts.skipped.length > 0;
  if (counts.failed === 0 && counts.passed === 0 && !isUnavailable) {
    console.log(`${script}: FAILED, it ran no test`);
    counts.failed = 1;
  }
  return { script, ...counts };
}

/** The counts in a runner's report; none if the runner ended before it wrote a complete one. */
function readCounts(path, read) {
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: [] };
  }
}

/** Counts of Playwright's JSON report. Errors outside of tests count as failed tests. */
function playwrightCounts({ stats, errors, suites }) {
  const specs = suites.flatMap(function specsOf(suite) {
    return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  });
  const skipped = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => ({
        name: title,
        reason: annotations.find(({ type }) => type === 'skip')?.description,
      })),
  );
  const failures = [
    ...errors.map(({ message }) => ({ name: 'outside of tests', reason: message })),
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) => ({ name: title, reason: results.find(({ error }) => error)?.error.message })),
    ),
  ];
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped, failures };
}

/** A port that nothing listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function heading(title) {
  console.log(`\n──── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`);
}

/** Runs everything. @returns the counts of each step. */
async function runAll() {
  // The checks keep one core busy.
  const pythonEnd = startSuite(pythonTests);
  const steps = [...checks.map(runCheck), await pythonEnd()];
  const env = await browserEnvironment();
  // The browser waits for frames much of the time.
  const browserEnd = env && startSuite(browserTests, env);
  steps.push(await runSuite(unitTests));
  if (!env) {
    const inBrowser = [browserTests, endToEndTests];
    return [...steps, ...inBrowser.map(({ script }) => ({ script, passed: 0, failed: 1, skipped: [] }))];
  }
  // The end-to-end tests build the app that the budget check measures.
  return [...steps, await browserEnd(), await runSuite(endToEndTests, env), runCheck('budget')];
}

/** What tests in a browser need; undefined, with a message, if there is none. */
async function browserEnvironment() {
  try {
    const env = { ...process.env, EARMARK_CHROMIUM: await installBrowser(), EARMARK_PORT: String(await freePort()) };
    console.log(`\nThe browser is ${env.EARMARK_CHROMIUM}`);
    return env;
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** Prints the counts of all steps; the last line is `N passed, N failed`. */
function report(steps) {
  heading('result');
  for (const line of resultLines(steps)) console.log(line);
  if (steps.some(({ failed }) => failed > 0)) process.exitCode = 1;
}

try {
  installPackages();
  installCliPackages();
  installServers();
  installS3Server();
  report(await runAll());
} catch (error) {
  fail(error);
  report([{ script: 'installation', passed: 0, failed: 1, skipped: [] }]);
}
