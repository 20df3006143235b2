import { type ChildProcess, fork } from 'node:child_process';
import type { ArchiveFolder } from './archive-folder';
import type { Outcome, SandboxMessage, Task } from './tasks';

/** A sandbox that says nothing for so long hangs. */
const STALL_SECONDS = 120;

export interface SandboxOptions {
  readonly folder: ArchiveFolder;
  readonly timeZone: string;
  /** The script of the process. */
  readonly script?: URL;
  readonly stallSeconds?: number;
}

/** A process that does tasks. A file that kills it or makes it hang costs the process, which is replaced. */
export class Sandbox {
  readonly #options: SandboxOptions;
  #child: ChildProcess | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  /** @throws Error if processes cannot work at all. */
  async do(task: Task): Promise<Outcome> {
    this.#child ??= await startedChild(this.#options);
    return this.#ask(this.#child, task);
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #ask(child: ChildProcess, task: Task): Promise<Outcome> {
    const { stallSeconds = STALL_SECONDS } = this.#options;
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        clearTimeout(timer);
        forget(child);
        resolve(outcome);
      };
      const lost = (reason: string): void => {
        this.#child = undefined;
        end({ kind: 'failed', reason });
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        lost(`was given up: nothing came for ${stallSeconds} s`);
      }, 1000 * stallSeconds);
      child.on('message', (message: SandboxMessage) => {
        timer.refresh();
        if (message.kind !== 'progress' && message.kind !== 'ready' && message.kind !== 'unable') end(message);
      });
      child.on('exit', (status, signal) => lost(`killed its process (${signal ?? `exit status ${status}`})`));
      child.on('error', (error) => lost(`killed its process (${error.message})`));
      child.send(task);
    });
  }
}

/** @throws Error if it cannot work. */
async function startedChild({ folder, timeZone, script = defaultScript() }: SandboxOptions): Promise<ChildProcess> {
  const child = fork(script, [folder.path], {
    // Decoders write to the console.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TZ: timeZone },
    serialization: 'json',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', (message: SandboxMessage) => {
      if (message.kind === 'unable') reject(new Error(message.reason));
      else resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error('a process ended before it could work')));
  }).finally(() => forget(child));
  return child;
}

/** In the package, it lies beside this code. */
function defaultScript(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './archive-worker.ts' : './archive-worker.mjs', import.meta.url);
}

/** Ends what was waited for. A late error must not end the program. */
function forget(child: ChildProcess): void {
  for (const event of ['message', 'error', 'exit']) child.removeAllListeners(event);
  child.on('error', () => undefined);
}
