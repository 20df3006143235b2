import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../../cli/earmark/help/commands';
import { completions } from '../../../../cli/earmark/help/completion';
import { manPage } from '../../../../cli/earmark/help/man-page';

const root = join(import.meta.dirname, '../../../..');

/** Where each command's options are parsed. */
const parsers: Readonly<Record<string, string>> = {
  tag: 'cli/earmark/tag/tag-arguments.ts',
  archive: 'cli/earmark/archive/archive.ts',
  listen: 'cli/earmark/listen/listen-arguments.ts',
  evaluate: 'cli/evaluation/evaluate-command.ts',
};

describe('what is said about the options', () => {
  it.each(Object.entries(parsers))('of %s names those that there are', (name, file) => {
    const code = readFileSync(join(root, file), 'utf8');
    const parsed = [...code.matchAll(/^ {6}'?([\w-]+)'?: \{ type: '/gm)].map(([, option]) => `--${option}`);
    const told = commands.find((command) => command.name === name)?.options.map(({ flag }) => flag) ?? [];
    expect(parsed.length).toBeGreaterThan(4);
    expect([...parsed, '--help'].sort()).toEqual([...told].sort());
  });
});

it('groff has nothing to complain about in the man page', (context) => {
  const page = manPage('1.0.0');
  const { error, stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-P-cbou', '-ww'], {
    input: page,
    encoding: 'utf8',
  });
  context.skip(error !== undefined, 'groff is not installed');
  expect(stderr).toBe('');
  for (const { name } of commands) expect(stdout).toMatch(new RegExp(`EARMARK ${name.toUpperCase()}`));
});

it.each(['bash', 'zsh', 'fish'])('%s takes its completion', (shell) => {
  const script = completions[shell]?.() ?? '';
  for (const { name, options } of commands) {
    expect(script).toContain(name);
    for (const { flag } of options) expect(script).toContain(flag.slice(2));
  }
  const { error, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
  if (error === undefined) expect(stderr).toBe('');
});
