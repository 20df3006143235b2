import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chaos } from '../../../../bench/archive/chaos';
import { whyNoRedis } from '../../../support/redis-server';

const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The long version is `npm run soak:archive`. */
it('loses no file and counts none twice, while workers and Redis die, clocks jump, and the disk is full', async (context) => {
  context.skip(whyNoRedis !== undefined, whyNoRedis);
  const steps: string[] = [];
  const result = await chaos({
    command: [process.execPath, '--import', 'tsx', 'cli/earmark/earmark.ts'],
    folder,
    files: 60,
    faults: 5,
    seed: 1,
    pauseSeconds: 2,
    onStep: (step) => steps.push(step),
  });
  expect(steps.length).toBeGreaterThan(5);
  expect(result).toMatchObject({
    summary: '60 files: 58 done, 2 unreadable',
    quietSummary: '60 files: 58 done, 2 unreadable',
    sameBytes: true,
    unfinished: 0,
  });
}, 300_000);
