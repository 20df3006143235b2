import { commands } from './commands';

const names = commands.map(({ name }) => name);

/** Scripts that complete commands and options, by shell. */
export const completions: Readonly<Record<string, () => string>> = { bash, zsh, fish };

function bash(): string {
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words="${options.map(({ flag }) => flag).join(' ')}" ;;`,
  );
  const values = commands
    .flatMap(({ options }) => options)
    .filter(({ choices }) => choices !== undefined)
    .map(
      ({ flag, choices = [] }) =>
        `    ${flag}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`,
    );
  const steps = commands.flatMap(({ name, steps = [] }) =>
    steps.length === 0 ? [] : [`    ${name}) COMPREPLY=($(compgen -W "${steps.join(' ')}" -- "$current")); return ;;`],
  );
  return `_earmark() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names.join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 2 ] && [[ "$current" != -* ]]; then
    case "\${COMP_WORDS[1]}" in
${steps.join('\n')}
    esac
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _earmark earmark
`;
}

function zsh(): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash()}`;
}

function fish(): string {
  const lines = commands.flatMap(({ name, summary, steps = [], options }) => [
    `complete -c earmark -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...(steps.length === 0
      ? []
      : [`complete -c earmark -n '__fish_seen_subcommand_from ${name}' -a ${quoted(steps.join(' '))}`]),
    ...options.map(({ flag, value, choices, text }) => {
      const takes = value === undefined ? '' : ' -r';
      const words = choices ? ` -a ${quoted(choices.join(' '))}` : '';
      const short = quoted(text.split('. ')[0] as string);
      return `complete -c earmark -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}${takes}${words} -d ${short}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
