/**
 * A Vitest reporter that writes the counts of each project for `npm test`, to test-results/unit.json and browser.json:
 * `{passed, failed, skipped, failures}`, with a name and a reason for each skipped test and each failure. (Vitest's own
 * JSON reporter omits the reasons.)
 */
import { mkdirSync, writeFileSync } from 'node:fs';

export default class CountReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    mkdirSync('test-results', { recursive: true });
    for (const name of new Set(testModules.map(projectOf))) {
      const failures = unhandledErrors.map((error) => ({ name: 'outside of tests', reason: error.message }));
      const counts = { passed: 0, failed: failures.length, skipped: [], failures };
      for (const module of testModules) if (projectOf(module) === name) countModule(module, counts);
      writeFileSync(`test-results/${name}.json`, JSON.stringify(counts));
    }
  }
}

/** Vitest calls the project of a browser “browser (chromium)”. */
function projectOf(module) {
  return module.project.name.split(' ')[0];
}

/** Adds a file's tests to `counts`. A file or suite that fails itself counts as one failed test. */
function countModule(module, counts) {
  for (const suite of [module, ...module.children.allSuites()]) {
    const [error] = suite.errors();
    if (error) addFailure(suite.fullName ?? module.moduleId, error, counts);
  }
  for (const test of module.children.allTests()) {
    const { state, note, errors } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'skipped') counts.skipped.push({ name: test.fullName, reason: note });
    else addFailure(test.fullName, errors?.[0], counts);
  }
}

function addFailure(name, error, counts) {
  counts.failed += 1;
  counts.failures.push({ name, reason: error?.message });
}
