import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';

const folder = mkdtempSync(join(tmpdir(), 'earmark-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A place where nothing is. */
const MISSING = join(folder, 'nowhere');

/** Every command, with arguments that name files which are not there: [file, ...arguments]. */
const commands: [string, ...string[]][] = [
  ['cli/commands/calibrate.ts', '--logits', `${MISSING}/a.json`, '--into', MISSING],
  ['cli/commands/evaluate.ts', '--clips', `${MISSING}/clips.csv`, '--root', MISSING],
  ['cli/commands/evaluate-all.ts', MISSING],
  ['cli/commands/exemplars.ts', '--clips', `${MISSING}/clips.csv`, '--root', MISSING],
  ['cli/commands/export-model.ts', '--run', MISSING, '--name', 'none'],
  ['cli/commands/features.ts', '--clips', `${MISSING}/clips.csv`, '--root', MISSING, '--out', MISSING],
  ['cli/commands/logits.ts', '--model', `${MISSING}/model`, '--out', MISSING, MISSING],
  ['cli/commands/play.ts', '--model', SHIPPED_MODEL, '--clips', `${MISSING}/clips.csv`, '--root', MISSING],
  ['cli/commands/scenes.ts', '--model', SHIPPED_MODEL, '--scenes', MISSING, '--out', MISSING],
  ['bench/archive-speed.ts', '--json', `${MISSING}/out.json`],
  ['bench/budget/budget.ts', MISSING],
  ['bench/diary/diary.ts', '--json', `${MISSING}/out.json`],
  ['bench/event-times.ts', '--clips', `${MISSING}/clips.csv`, '--root', MISSING],
  ['bench/page/frames.ts', '--json', `${MISSING}/out.json`],
  ['bench/page/listen.ts', '--json', `${MISSING}/out.json`],
  ['bench/page/soak.ts', '--json', `${MISSING}/out.json`],
  ['bench/page/teach-page.ts', '--json', `${MISSING}/out.json`],
  ['bench/peers/peers.ts', '--json', `${MISSING}/out.json`],
  ['bench/recordings/recordings.ts', '--json', `${MISSING}/out.json`],
  ['bench/seed-2017.ts', '--json', `${MISSING}/out.json`],
  ['bench/soak-archive.ts', '--json', `${MISSING}/out.json`],
  ['bench/soak-listen.ts', '--json', `${MISSING}/out.json`],
  ['bench/soak-tag.ts', '--json', `${MISSING}/out.json`],
  ['bench/tag-speed.ts', '--json', `${MISSING}/out.json`],
  ['bench/teach.ts', '--clips', `${MISSING}/clips.csv`, '--root', MISSING],
];

/** All of them begin alike, and a process each takes long. */
const someCommands = commands.filter(([file]) => /calibrate|peers|soak/.test(file));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(file: string, ...given: string[]): Promise<Ended> {
  return new Promise((done) => {
    // tsx's own command would start a process more.
    const child = execFile(process.execPath, ['--import', 'tsx', file, ...given], (_, stdout, stderr) =>
      done({ status: child.exitCode, stdout, stderr }),
    );
  });
}

describe.concurrent('a command', () => {
  it.each(commands)('%s says in a sentence what is missing, and ends with 1 or 2', async (file, ...given) => {
    const { status, stdout, stderr } = await run(file, ...given);
    expect([1, 2]).toContain(status);
    expect(stdout).toBe('');
    expect(stderr).toContain(MISSING);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each(someCommands)('%s tells its usage where it does not know an argument', async (file) => {
    const { status, stdout, stderr } = await run(file, '--unheard-of');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/'--unheard-of'[\s\S]*\n\nusage: npm run /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each(someCommands)('%s answers --help, and does nothing', async (file) => {
    const { status, stdout, stderr } = await run(file, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^usage: npm run /);
  });
});

it('all of them are tested', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const ofPackage = Object.values(scripts).flatMap((script) => script.match(/(?<=tsx )\S+\.ts/g) ?? []);
  const ofFolder = readdirSync('cli/commands').map((name) => `cli/commands/${name}`);
  expect(commands.map(([file]) => file).sort()).toEqual([...new Set([...ofPackage, ...ofFolder])].sort());
});
