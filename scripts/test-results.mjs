/** What `npm test` says at its end. */
import { stripVTControlCharacters } from 'node:util';

/**
 * The result of all steps, line by line: what each counted, then the name and the reason of whatever was skipped or failed.
 *
 * @param steps `{script, passed, failed, skipped, failures}`; the last two hold a `name` and a `reason` each, and a step that
 * could not run has no `failures`. @returns the lines; the last one is `N passed, N failed`.
 */
export function resultLines(steps) {
  const skipped = steps.flatMap((step) => step.skipped);
  const failures = steps.flatMap((step) => step.failures ?? []);
  return [
    ...steps.map(({ script, passed, failed }) => `${script}: ${passed} passed, ${failed} failed`),
    ...skipped.map(({ name, reason }) => `SKIPPED  ${name}: ${reason ?? 'no reason given'}`),
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ...failures.map(({ name, reason }) => `FAILED  ${name}: ${firstLine(reason)}`),
    `${total(steps, 'passed')} passed, ${total(steps, 'failed')} failed`,
  ];
}

/**
 * @type {{passed: number, failed: number, skipped: {name: string, reason?: string}[],
 *   failures: {name: string, reason?: string}[]}}
 */
const noTests = { passed: 0, failed: 0, skipped: [], failures: [] };

/**
 * The counts of the Python checks, of which each is one test.
 *
 * @param checks of ruff and mypy, and @param pytest its run: `{name, status, output}`. @param tests what pytest wrote of its
 * tests; left out if it did not get that far.
 */
export function pythonCounts(checks, pytest, tests = noTests) {
  // A run that broke outside its tests has also failed.
  const broken = [...checks, ...(tests.failed === 0 ? [pytest] : [])].filter(({ status }) => status !== 0);
  return {
    passed: tests.passed + checks.filter(({ status }) => status === 0).length,
    failed: tests.failed + broken.length,
    skipped: tests.skipped,
    failures: [...broken.map(({ name, output }) => ({ name, reason: output })), ...tests.failures],
  };
}

/** What went wrong, without the terminal's colours: a failure's text may be many lines long. */
function firstLine(reason = '') {
  const lines = stripVTControlCharacters(reason).split('\n');
  return lines.find((line) => line.trim() !== '') ?? 'no reason given';
}

function total(steps, count) {
  return steps.reduce((sum, step) => sum + step[count], 0);
}
