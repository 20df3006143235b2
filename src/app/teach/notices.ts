import { isAboutStorage, type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { StateHolder } from '../state-holder';
import type { NoticeCommands, TeachState } from './teach-state';

/** Reports the results of the person's actions. */
export class Notices implements NoticeCommands {
  readonly #holder: StateHolder<TeachState>;

  constructor(holder: StateHolder<TeachState>) {
    this.#holder = holder;
  }

  /** Runs something that may fail, and shows its error to the person. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.report([problemOf(error)]);
  }

  /** Adds problems to those that the page shows, without repeating any. */
  report(problems: readonly Problem[]): void {
    const before = this.#holder.state.problems;
    const shown = new Set(before.map((problem) => JSON.stringify(problem)));
    const fresh = problems.map(forTeaching).filter((problem) => !shown.has(JSON.stringify(problem)));
    if (fresh.length > 0) this.#holder.change({ problems: [...before, ...fresh] });
  }

  /** Something was stored, so problems with storing are over. That everything is gone stays: no later save helps. */
  saved(): void {
    const { problems } = this.#holder.state;
    const isOver = (problem: Problem): boolean => isAboutStorage(problem) && problem.code !== 'storage-evicted';
    if (problems.some(isOver)) this.#holder.change({ problems: problems.filter((problem) => !isOver(problem)) });
  }

  dismissNotice(): void {
    this.#holder.change({ notice: undefined, justKept: undefined });
  }

  dismissProblems(): void {
    this.#holder.change({ problems: [] });
  }
}

/** Nothing has to be restarted here: the failure left everything unchanged. */
function forTeaching(problem: Problem): Problem {
  return problem.code === 'unexpected' ? { ...problem, code: 'command-failed' } : problem;
}
