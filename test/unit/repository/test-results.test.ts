import { expect, it } from 'vitest';
import { pythonCounts, resultLines } from '../../../scripts/test-results.mjs';

const passed = { status: 0, output: 'All checks passed!\n' };

it('names what was skipped and what failed, by the first line of its reason', () => {
  const steps = [
    { script: 'types', passed: 1, failed: 0, skipped: [] },
    {
      script: 'test:unit',
      passed: 7,
      failed: 2,
      skipped: [{ name: 'reads a clip', reason: 'there is no clip' }, { name: 'waits' }],
      failures: [
        { name: 'adds', reason: '\n\u001b[31mexpected 3\u001b[39m to be 4\n  at add.ts' },
        { name: 'outside of tests' },
      ],
    },
  ];
  expect(resultLines(steps)).toEqual([
    'types: 1 passed, 0 failed',
    'test:unit: 7 passed, 2 failed',
    'SKIPPED  reads a clip: there is no clip',
    'SKIPPED  waits: no reason given',
    '2 skipped',
    'FAILED  adds: expected 3 to be 4',
    'FAILED  outside of tests: no reason given',
    '8 passed, 2 failed',
  ]);
});

it('names the checks and the tests of Python that failed', () => {
  const counts = pythonCounts(
    [
      { name: 'ruff check', status: 1, output: 'training/a.py:1:8: F401 unused import\nFound 1 error.\n' },
      { name: 'mypy', ...passed },
    ],
    { name: 'pytest', status: 1, output: '.F\n' },
    { passed: 5, failed: 1, skipped: [], failures: [{ name: 'test_a.py::test_b', reason: 'assert 1 == 2' }] },
  );
  expect(resultLines([{ script: 'python', ...counts }])).toEqual([
    'python: 6 passed, 2 failed',
    'FAILED  ruff check: training/a.py:1:8: F401 unused import',
    'FAILED  test_a.py::test_b: assert 1 == 2',
    '6 passed, 2 failed',
  ]);
});

it('names pytest itself where it broke outside its tests', () => {
  const checks = [{ name: 'ruff check', ...passed }];
  const broken = { name: 'pytest', status: 4, output: 'ERROR: unknown option\n' };
  expect(resultLines([{ script: 'python', ...pythonCounts(checks, broken) }])).toEqual([
    'python: 1 passed, 1 failed',
    'FAILED  pytest: ERROR: unknown option',
    '1 passed, 1 failed',
  ]);
});
