import { EarmarkError } from '../src/shared/contracts/messages/problem';
import { en } from '../src/ui/messages/en';
import { hasReason, reasonOf } from './system-reason';

/** A problem with a command's arguments. */
export class UsageError extends Error {}

/**
 * Starts a command: answers `--help`, and reports an early end in one sentence on the error stream.
 *
 * The exit status is 2, with the usage, for wrong arguments, and 1 for a file or anything else. A bug in the program
 * itself keeps its stack trace.
 */
export function startCommand(usage: string): void {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  // Errors thrown by a module's top-level code arrive here too, once its `finally` blocks have run.
  process.on('uncaughtException', (error) => process.exit(reportEnd(error, '', usage)));
}

/**
 * Reports an early end on the error stream, in one sentence; a bug in the program itself keeps its stack trace.
 *
 * @param usage what follows the sentence if the arguments were wrong. @returns the exit status.
 */
export function reportEnd(error: unknown, prefix: string, usage: string): number {
  const ending = error as NodeJS.ErrnoException;
  if (isAboutArguments(ending)) console.error(`${prefix}${ending.message}\n\n${usage}`);
  else console.error(isOfProgram(error) ? error : `${prefix}${sentenceOf(ending)}`);
  return isAboutArguments(ending) ? 2 : 1;
}

function isAboutArguments(error: NodeJS.ErrnoException): boolean {
  return error instanceof UsageError || Boolean(error.code?.startsWith('ERR_PARSE_ARGS'));
}

/** Errors that no file can cause: a missing value, or one that the code does not know. */
function isOfProgram(error: unknown): boolean {
  return error instanceof ReferenceError || (error instanceof TypeError && error.cause === undefined);
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  if (error instanceof EarmarkError) return en.problemText(error.problem);
  if (error.code === 'ENOENT' && error.path !== undefined) return `There is no file or folder ${error.path}.`;
  if (error.path !== undefined && hasReason(error)) return `${error.path} cannot be used: ${reasonOf(error)}.`;
  // The system does not say to which file.
  if (error.syscall === 'write' && hasReason(error)) return `A result cannot be written: ${reasonOf(error)}.`;
  return error.message;
}
