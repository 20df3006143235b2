/**
 * What a bench is asked for on its command line.
 *
 * @param parse reads the arguments. @returns nothing where the line is answered already: with the usage because it asked for
 *   it, or with what is wrong with it, which ends with status 2.
 */
export function readCommand<Command extends { readonly help: boolean }>(
  usage: string,
  parse: () => Command,
): Command | undefined {
  let command: Command;
  try {
    command = parse();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
  if (!command.help) return command;
  console.log(usage);
  return undefined;
}
