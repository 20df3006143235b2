import { type CommandHelp, commands } from './commands';

const WIDTH = 88;

/** What `earmark --help` prints. */
export function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    'usage: earmark COMMAND [options]',
    '',
    'Finds what sounds in recordings, on this machine: nothing is sent anywhere.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '`earmark COMMAND --help` explains one of them; `earmark --version` prints the version.',
    '',
    'The exit status is 0 if all went well, 1 if a file could not be read, and 2 for wrong use.',
  ].join('\n');
}

/** What `earmark COMMAND --help` prints. */
export function helpText({ name, synopsis, summary, paragraphs, options, examples }: CommandHelp): string {
  const heads = options.map(({ flag, value }) => (value === undefined ? flag : `${flag} ${value}`));
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  return [
    `usage: earmark ${name} ${synopsis}`.trimEnd(),
    '',
    ...wrapped(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`, ''),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapped(paragraph, '')]),
    '',
    ...options.flatMap(({ text }, i) => hanging(`  ${heads[i]?.padEnd(width)}`, text)),
    '',
    'Examples:',
    ...examples.flatMap(({ command, text }) => [`  ${command}`, `      ${text}`]),
  ].join('\n');
}

function hanging(head: string, text: string): string[] {
  const [first = '', ...rest] = wrapped(text, ' '.repeat(head.length));
  return [head + first.trimStart(), ...rest];
}

/** Lines of at most {@link WIDTH} characters. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH && line.trim() !== '') {
      lines.push(line);
      line = indent;
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
