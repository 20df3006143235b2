/** The command `earmark`, as the package offers it. */
import { reportEnd, UsageError } from '../command';
import { evaluate } from '../evaluation/evaluate-command';
import { reasonOf } from '../system-reason';
import { archive } from './archive/archive';
import { clipReader } from './clip-reader';
import { commands } from './help/commands';
import { completions } from './help/completion';
import { helpText, overview } from './help/help-text';
import { info } from './info';
import { listen } from './listen/listen';
import { parseListenArguments } from './listen/listen-arguments';
import { models } from './models';
import { tag } from './tag/tag';
import { parseTagArguments } from './tag/tag-arguments';
import { version } from './version';

const run: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  tag: (args) => tag(parseTagArguments(args)),
  archive,
  listen: (args) => listen(parseListenArguments(args)),
  info,
  models,
  evaluate: (args) => evaluate(args, () => clipReader),
  completion,
};

async function completion([shell = '']: readonly string[]): Promise<number> {
  const script = completions[shell];
  if (script === undefined) throw new UsageError(`there is no completion for “${shell}”; there is bash, zsh and fish`);
  process.stdout.write(script());
  return 0;
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const isHelp = name === '--help' || name === '-h' || name === 'help';
  const about = commands.find((command) => command.name === (isHelp ? args[0] : name));
  const wantsHelp = isHelp || args.some((word) => word === '--help' || word === '-h');
  if (name === '--version') {
    console.log(version);
    return 0;
  }
  if (wantsHelp) {
    console.log(about ? helpText(about) : overview());
    return 0;
  }
  const command = run[name];
  if (command === undefined) {
    console.error(`${name === '' ? '' : `earmark: there is no command “${name}”\n\n`}${overview()}`);
    return 2;
  }
  return command(args);
}

/** The first process of a container gets no signal that it does not handle; any other one ends by itself. */
function endOnSignalsInContainer(): void {
  if (process.pid !== 1) return;
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    // A command that says goodbye handles it, too.
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(status);
    });
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough, like `head`, closes the pipe.
  if (error.code === 'EPIPE') process.exit(0);
  console.error(`earmark: standard output cannot be written: ${reasonOf(error)}`);
  process.exit(1);
});
endOnSignalsInContainer();
try {
  const words = process.argv.slice(2);
  process.exitCode = await main(words);
} catch (error) {
  process.exitCode = reportEnd(error, 'earmark: ', 'Try `earmark --help`.');
}
