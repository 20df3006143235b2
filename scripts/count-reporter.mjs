/**
 * A Vitest reporter that writes the counts of each project for `npm test`, to test-results/unit.json and browser.json:
 * `{passed, failed, skipped}`, with a name and a reason for each skipped test. (Vitest's own JSON reporter omits the
 * reasons.)
 */
import { mkdirSync, writeFileSync } from 'node:fs';

export default class CountReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    mkdirSync('test-results', { recursive: true });
    for (const name of new Set(testModules.map(projectOf))) {
      const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
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
    if (suite.errors().length > 0) counts.failed += 1;
  }
  for (const test of module.children.allTests()) {
    const { state, note } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'skipped') counts.skipped.push({ name: test.fullName, reason: note });
    else counts.failed += 1;
  }
}
