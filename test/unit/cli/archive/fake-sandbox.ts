import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes the script of a sandbox that does what the names of files say, without a model: `kill` dies, `hang` hangs,
 * `bad` fails, `late` fails once, `long` is cut into three parts, `slow` takes half a second, and all others have an event.
 * Notes each task.
 */
export function writeFakeSandbox(folder: string): URL {
  const script = join(folder, 'sandbox.mjs');
  writeFileSync(
    script,
    `import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
const archive = process.argv[2];
const log = ${JSON.stringify(join(folder, 'tasks.log'))};
const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path + process.pid, text);
  renameSync(path + process.pid, path);
};
const part = (key, number) => join(archive, 'pieces', key, String(number).padStart(5, '0') + '.moments');
process.on('disconnect', () => process.exit());
process.on('message', async (task) => {
  const { row, kind } = task;
  const name = basename(row.path);
  if (name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 500));
  appendFileSync(log, kind + ' ' + name + (kind === 'part' ? ' ' + task.part : '') + '\\n');
  if (name.startsWith('kill')) process.kill(process.pid, 'SIGKILL');
  if (name.startsWith('hang')) return;
  if (name.startsWith('bad')) return process.send({ kind: 'failed', reason: 'is bad' });
  if (name.startsWith('late') && !existsSync(join(archive, name))) {
    writeFileSync(join(archive, name), '');
    return process.send({ kind: 'failed', reason: 'is late' });
  }
  if (name.startsWith('long') && kind === 'file') return process.send({ kind: 'cut', parts: 3 });
  if (kind === 'part') write(part(row.key, task.part), 'heard');
  else {
    const event = { startSeconds: 1, endSeconds: 2, label: 'dog', labelName: 'Dog', probability: 0.5,
      startedAt: { localMs: Date.UTC(2025, 5, 1 + (name.length % 3)) } };
    const head = { path: row.path, seconds: 3, events: 1, decoder: 'fake' };
    write(join(archive, 'results', row.key.slice(0, 2), row.key + '.jsonl'),
      JSON.stringify(head) + '\\n' + JSON.stringify(event) + '\\n');
  }
  process.send({ kind: 'done', seconds: 3 });
});
process.send({ kind: 'ready' });`,
  );
  return pathToFileURL(script);
}
