import type { Cause, ValueFault } from '../../lib/validate';
import type { BackendTrial } from '../backend';

/** What the person can press to continue. The page shows it as a button next to the problem. */
export type Remedy = 'listen' | 'resume' | 'restart' | 'update' | 'none';

/** What makes a sound file unusable. */
export type UnreadableFault =
  | 'empty'
  | 'silent'
  | 'undecodable'
  | 'out-of-reach'
  /** A picture or a text: recognised as something else than sound. */
  | 'not-sound'
  /** A zip or another archive, which may hold sounds. */
  | 'archive'
  /** Nothing came from it for minutes: its drive does not answer. */
  | 'stalled'
  /** What says what is in it is missing: its end was never written, or not copied. */
  | 'cut-off'
  /** A video without sound. */
  | 'no-sound-track'
  /** Encrypted by a shop's copy protection. */
  | 'protected'
  /** Nothing here decodes its codec; `detail` names it. */
  | 'unknown-codec'
  /** The sample rate is not from 2 to 500 kHz; `detail` gives it. */
  | 'rate-out-of-range';

/** Why a file is too long to be one clip. */
export type LengthFault =
  | { readonly code: 'lasts'; readonly seconds: number }
  /** Found by reading, because the file does not say how long it is. */
  | { readonly code: 'longer' };

/** What is wrong with a zip file. `path` is a path inside it; `detail` is for bug reports. */
export type ZipFault =
  | { readonly code: 'no-zip' }
  | { readonly code: 'encrypted' }
  | { readonly code: 'twice'; readonly path: string }
  | { readonly code: 'too-many-files'; readonly files: number }
  | { readonly code: 'unpacks-too-large'; readonly megabytes: number }
  | { readonly code: 'file-too-large'; readonly path: string; readonly megabytes: number }
  | { readonly code: 'lacks'; readonly path: string }
  | { readonly code: 'unsafe-path'; readonly path: string }
  /** The file at `path` is compressed by a method that cannot be read. */
  | { readonly code: 'method'; readonly path: string; readonly method: string }
  /** It is one part of several. */
  | { readonly code: 'split' }
  /** It holds another zip, and no sounds. */
  | { readonly code: 'zip-inside'; readonly path: string }
  | { readonly code: 'contradictory'; readonly detail: string }
  | { readonly code: 'damaged'; readonly path?: string; readonly detail: string };

/** How the page noticed that the worker had ended. */
export type WorkerEnd = 'silent' | 'ended' | 'not-loaded' | 'error';

/** A code without parameters. */
type Plain = Readonly<Record<never, never>>;

/** For bug reports: technical, in English, may be empty. */
interface WithDetail {
  readonly detail: string;
}

/**
 * Everything that can keep Earmark from doing what the person asked: a code, and the parameters that its text needs.
 * `src/ui/messages` puts it into words.
 */
interface Parameters {
  'permission-denied': Plain;
  'no-microphone': Plain;
  'microphone-busy': Plain;
  'microphone-unplugged': Plain;
  'microphone-failed': WithDetail;
  'microphone-muted': Plain;
  /** The person shared no tab or screen, or one without sound. */
  'nothing-shared': Plain;
  /** What an insecure page may not use. */
  'insecure-page': { readonly wanted: 'microphone' | 'clips' };
  'unsupported-browser': Plain;
  'unknown-backend': { readonly asked: string; readonly known: readonly string[] };
  'demo-missing': WithDetail;
  'audio-suspended': Plain;
  /** A file of the model is missing or cannot be reached. */
  'model-missing': WithDetail & { readonly model: string; readonly file: string };
  'model-not-loaded': Plain;
  'model-list-missing': Cause;
  'model-card-missing': Cause;
  /** The model has no exemplars. */
  'no-exemplars': Plain;
  'exemplars-missing': WithDetail;
  'exemplars-damaged': Cause;
  'exemplars-mismatched': { readonly backbone: string; readonly needed: string };
  /** Without `file`, the files do not fit together. */
  'model-damaged': Cause & { readonly model: string; readonly file?: string };
  'no-backend': { readonly forced: boolean; readonly trials: readonly BackendTrial[] };
  'tagging-failed': WithDetail;
  'worker-died': WithDetail & { readonly end: WorkerEnd };
  'backend-lost': WithDetail;
  'storage-missing': WithDetail;
  'storage-blocked': Plain;
  'storage-newer': Plain;
  'storage-elsewhere': Plain;
  'storage-evicted': Plain;
  'storage-full': Plain;
  'recording-cut-off': Plain;
  'storage-failed': WithDetail;
  'empty-sound': Plain;
  'clip-missing': Plain;
  /** Something else is stored in place of its samples. */
  'clip-not-sound': Plain;
  'label-missing': Plain;
  'label-too-long': { readonly characters: number; readonly most: number };
  'label-without-letters': Plain;
  'file-unreadable': { readonly file: string; readonly fault: UnreadableFault; readonly detail?: string };
  /** A recording that was to be tagged. */
  'recording-unreadable': { readonly file: string; readonly fault: UnreadableFault; readonly detail?: string };
  /** Its file is no longer the one that was added. */
  'recording-changed': { readonly file: string };
  'file-too-long': { readonly file: string; readonly fault: LengthFault; readonly mostMinutes: number };
  'zip-damaged': { readonly file: string; readonly fault: ZipFault };
  'nothing-to-import': Plain;
  'too-much-to-import': { readonly mostFiles: number; readonly deepestFolder: number };
  'no-dataset': { readonly file: string; readonly list: string };
  'empty-dataset': { readonly file: string };
  /** Something in a data set is wrong, so none of it was imported. */
  'dataset-damaged': { readonly file: string; readonly reason: Problem };
  /** Something in a backup is wrong, so none of it was restored. */
  'backup-damaged': { readonly file: string; readonly reason: Problem };
  /** It was written by a newer version of Earmark. */
  'backup-newer': { readonly file: string };
  /** A file in a zip is damaged. */
  'part-damaged': ValueFault & { readonly part: string };
  /** It is not JSON at all. */
  'part-not-json': { readonly part: string };
  /** It should be 16-bit mono sound. */
  'part-not-sound': { readonly part: string };
  'list-column-missing': { readonly list: string; readonly column: string };
  /** Rows count from 1, starting below the header. */
  'list-row-damaged': { readonly list: string; readonly row: number; readonly reason: Problem };
  'list-row-length': { readonly columns: number; readonly expected: number };
  'list-file-unnamed': Plain;
  'list-file-missing': { readonly list: string; readonly path: string };
  'list-file-too-large': { readonly path: string };
  /** It is a spreadsheet's own file. */
  'list-workbook': { readonly list: string };
  'list-label-twice': { readonly label: string };
  'list-too-many-labels': { readonly labels: number; readonly most: number };
  /** Folders whose names would become labels. */
  'too-many-folders': { readonly folders: number; readonly most: number };
  'list-label-id': { readonly label: string };
  'list-date': { readonly text: string; readonly column: string; readonly example: string };
  'list-yes-no': { readonly text: string; readonly column: string };
  /** The head in a file belongs to another model. */
  'wrong-backbone': { readonly name: string; readonly backbone: string; readonly needed: string };
  /** A stored head belongs to another model. */
  'head-of-other-model': { readonly head: string };
  'head-damaged': { readonly head: string };
  'head-file-damaged': Cause & { readonly file: string; readonly part: string };
  'head-gone': Plain;
  /** The loss became NaN or infinite. */
  'training-diverged': Plain;
  'clip-damaged': Plain;
  'training-failed': WithDetail;
  'training-interrupted': Plain;
  'too-few-clips': Plain;
  'bad-message': Cause;
  /** An unforeseen error: while listening, or in a Teach command, which then left everything unchanged. */
  unexpected: WithDetail;
  'command-failed': WithDetail;
}

export type ProblemCode = keyof Parameters;

/** A failure as data: a code, with the parameters that its text needs. */
export type Problem = { [Code in ProblemCode]: { readonly code: Code } & Parameters[Code] }[ProblemCode];

/** The buttons that help. Problems that are not listed have none. */
const remedies: { readonly [Code in ProblemCode]?: Exclude<Remedy, 'none'> } = {
  'permission-denied': 'listen',
  'no-microphone': 'listen',
  'microphone-busy': 'listen',
  'microphone-unplugged': 'listen',
  'microphone-failed': 'listen',
  'nothing-shared': 'listen',
  'audio-suspended': 'resume',
  'model-missing': 'restart',
  'model-damaged': 'restart',
  'no-backend': 'restart',
  'storage-newer': 'update',
  'backup-newer': 'update',
  'tagging-failed': 'restart',
  'worker-died': 'restart',
  'backend-lost': 'restart',
  unexpected: 'restart',
};

/** The button that helps with a problem. */
export function remedyOf({ code }: Problem): Remedy {
  return remedies[code] ?? 'none';
}

/**
 * An error that carries a problem from its source to the page, also between threads (see `error-transfer.ts`).
 *
 * Its message is for the console. It holds no text for people.
 */
export class EarmarkError extends Error {
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    const { code, ...parameters } = problem;
    super(JSON.stringify(parameters), options);
    this.name = code;
  }
}

/** The problem that an error stands for. An unforeseen error keeps its message as the detail. */
export function problemOf(error: unknown): Problem {
  if (error instanceof EarmarkError) return error.problem;
  return { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) };
}

/** Whether something could not be stored. */
export function isAboutStorage({ code }: Problem): boolean {
  return code.startsWith('storage-');
}

/** Whether the same action may succeed another time, whatever the files are. */
export function isPassing(problem: Problem): boolean {
  return isAboutStorage(problem) || problem.code === 'worker-died' || problem.code === 'backend-lost';
}
