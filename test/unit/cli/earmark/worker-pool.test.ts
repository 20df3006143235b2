import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../../../cli/earmark/tag/job';
import { tagOnThreads } from '../../../../cli/earmark/tag/worker-pool';

const folder = mkdtempSync(join(tmpdir(), 'pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A thread that does what the name of its job says. */
const script = pathToFileURL(join(folder, 'worker.mjs'));
writeFileSync(
  script,
  `import { parentPort, threadId } from 'node:worker_threads';
const result = { seconds: 2, events: 0, decoder: String(threadId), mix: {}, rows: [] };
parentPort.on('message', ({ file }) => {
  if (file.name === 'exit') process.exit(3);
  if (file.name === 'throw') throw new Error('a bug');
  if (file.name === 'hang') return;
  if (file.name === 'loop') for (;;);
  if (file.name === 'fail') return parentPort.postMessage({ kind: 'failed', reason: 'is empty' });
  parentPort.postMessage({ kind: 'progress', seconds: 1 });
  parentPort.postMessage({ kind: 'progress', seconds: 2 });
  parentPort.postMessage({ kind: 'done', result });
});
parentPort.postMessage({ kind: 'ready' });`,
);
const unable = pathToFileURL(join(folder, 'unable.mjs'));
writeFileSync(
  unable,
  `import { parentPort } from 'node:worker_threads';
parentPort.postMessage({ kind: 'unable', reason: 'the model is damaged' });`,
);

const settings = {
  modelFolder: '',
  headFile: undefined,
  threshold: undefined,
  labels: undefined,
  overlapSeconds: undefined,
};

const jobs = (...names: string[]): Iterator<Job> =>
  names
    .map(
      (name, number): Job => ({
        number,
        path: Buffer.from(name),
        file: { name, path: name, root: '', folder: '' },
        modifiedMs: 0,
        key: name,
        fingerprint: '',
        destination: { kind: 'back' },
      }),
    )
    .values();

async function outcome(count: number, ...names: string[]) {
  const done: string[] = [];
  const failed: Record<string, string> = {};
  let heardSeconds = 0;
  await tagOnThreads({ settings, count, script, stallSeconds: 1 }, jobs(...names), {
    onDone: ({ file }) => void done.push(file.name),
    onFailed: ({ file }, reason) => {
      failed[file.name] = reason;
    },
    onHeard: (seconds) => {
      heardSeconds += seconds;
    },
  });
  return { done, failed, heardSeconds };
}

describe('files on threads', () => {
  it('a file that crashes, hangs or blocks its thread costs only itself', async () => {
    const { done, failed, heardSeconds } = await outcome(
      1,
      'a',
      'exit',
      'b',
      'throw',
      'c',
      'hang',
      'd',
      'loop',
      'e',
      'fail',
      'f',
    );
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(failed).toEqual({
      exit: 'made the decoder crash',
      throw: 'made the decoder crash (a bug)',
      hang: 'was given up: nothing came for 1 s',
      loop: 'was given up: nothing came for 1 s',
      fail: 'is empty',
    });
    expect(heardSeconds).toBe(12);
  });

  it('each is done once, whatever the number of threads', async () => {
    const names = Array.from({ length: 30 }, (_, i) => (i % 7 === 3 ? 'exit' : `f${i}`));
    const { done } = await outcome(4, ...names);
    expect(done.sort()).toEqual(names.filter((name) => name !== 'exit').sort());
  });

  it('ends if threads cannot work at all', async () => {
    const events = { onDone: () => undefined, onFailed: () => undefined, onHeard: () => undefined };
    await expect(tagOnThreads({ settings, count: 2, script: unable }, jobs('a'), events)).rejects.toThrow(
      'the model is damaged',
    );
  });
});
