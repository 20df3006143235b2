/** What the person can press to go on; the page offers it as a button beside the sentence. */
export type Remedy = 'listen' | 'resume' | 'restart' | 'none';

/** Everything that can stop Earmark from doing what the person asked for, with the button that helps. */
const remedies = {
  'permission-denied': 'listen',
  'no-microphone': 'listen',
  'microphone-busy': 'listen',
  'microphone-unplugged': 'listen',
  'microphone-failed': 'listen',
  'microphone-muted': 'none',
  'insecure-page': 'none',
  'unsupported-browser': 'none',
  'unknown-backend': 'none',
  'demo-missing': 'none',
  'audio-suspended': 'resume',
  'model-missing': 'restart',
  'model-damaged': 'restart',
  'no-backend': 'restart',
  'tagging-failed': 'restart',
  'worker-died': 'restart',
  'backend-lost': 'restart',
  'storage-missing': 'none',
  'storage-blocked': 'none',
  'storage-newer': 'none',
  'storage-elsewhere': 'none',
  'storage-evicted': 'none',
  'storage-full': 'none',
  'storage-failed': 'none',
  'empty-sound': 'none',
  'clip-missing': 'none',
  'label-missing': 'none',
  'file-unreadable': 'none',
  'file-too-long': 'none',
  'zip-damaged': 'none',
  'nothing-to-import': 'none',
  'wrong-backbone': 'none',
  'head-damaged': 'none',
  'training-failed': 'none',
  'too-few-clips': 'none',
  'bad-message': 'none',
  unexpected: 'restart',
} as const satisfies Record<string, Remedy>;

export type ProblemCode = keyof typeof remedies;

/** A failure in words that a person can act on. */
export interface Problem {
  readonly code: ProblemCode;
  /** One or two sentences: what happened, and what to do. */
  readonly message: string;
  readonly remedy: Remedy;
}

/**
 * An error that carries a sentence for the person.
 *
 * Its `name` is the code, because Comlink takes an error's name and message from thread to thread, and nothing else.
 */
export class EarmarkError extends Error {
  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
  }
}

/** The problem that an error stands for; one that nobody foresaw keeps its own message. */
export function problemOf(error: unknown): Problem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name in remedies) {
    const code = name as ProblemCode;
    return { code, message, remedy: remedies[code] };
  }
  return {
    code: 'unexpected',
    message: `Something went wrong that Earmark did not foresee (${message}). Press “Restart” to go on.`,
    remedy: remedies.unexpected,
  };
}

/** Whether what was to be kept found no place. */
export function isAboutStorage({ code }: Problem): boolean {
  return code.startsWith('storage-');
}

/** Whether the same may succeed another time, whatever the files are. */
export function isPassing(problem: Problem): boolean {
  return isAboutStorage(problem) || problem.code === 'worker-died' || problem.code === 'backend-lost';
}
