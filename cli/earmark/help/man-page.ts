import { commands } from './commands';

/** The man page, in roff. */
export function manPage(version: string): string {
  return [
    `.TH EARMARK 1 "" "Earmark ${version}" "User Commands"`,
    '.SH NAME',
    'earmark \\- find what sounds in recordings',
    '.SH SYNOPSIS',
    ...commands.flatMap(({ name, synopsis }) => [`.B earmark ${name}`, ...line(synopsis), '.br']),
    '.SH DESCRIPTION',
    'Earmark finds what sounds in recordings, on this machine: nothing is sent anywhere.',
    ...commands.flatMap(({ name, synopsis, summary, paragraphs, options, examples }) => [
      `.SH "EARMARK ${name.toUpperCase()}"`,
      `.B earmark ${name}`,
      ...line(synopsis),
      '.PP',
      roff(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`),
      ...paragraphs.flatMap((paragraph) => ['.PP', roff(paragraph)]),
      ...options.flatMap(({ flag, value = '', text }) => ['.TP', roff(`${flag} ${value}`.trim(), '.B '), roff(text)]),
      ...examples.flatMap(({ command, text }) => ['.PP', roff(`${text}:`), '.RS', '.nf', roff(command), '.fi', '.RE']),
    ]),
    '.SH "EXIT STATUS"',
    '0 if all went well, 1 if a file could not be read, 2 for wrong use.',
    '',
  ].join('\n');
}

/** A line of text; none for an empty one, which roff would take for a paragraph. */
function line(text: string): string[] {
  return text === '' ? [] : [roff(text)];
}

/** Text in which roff sees no command. */
function roff(text: string, request = ''): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replaceAll('“', '\\(lq')
    .replaceAll('”', '\\(rq');
  return request + (/^[.']/.test(escaped) ? `\\&${escaped}` : escaped);
}
