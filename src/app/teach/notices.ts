import { type Problem, problemOf } from '../../shared/contracts/messages/problem';
import type { StateHolder } from '../state-holder';
import type { NoticeCommands, TeachState } from './teach-state';

/** Tells what came of what the person asked for. */
export class Notices implements NoticeCommands {
  readonly #holder: StateHolder<TeachState>;

  constructor(holder: StateHolder<TeachState>) {
    this.#holder = holder;
  }

  /** Does something that may fail; what it throws is shown to the person. */
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

  /** Adds problems to those that the page shows; what is said there already is not said twice. */
  report(problems: readonly Problem[]): void {
    const before = this.#holder.state.problems;
    const shown = new Set(before.map((problem) => JSON.stringify(problem)));
    const fresh = problems.map(forTeaching).filter((problem) => !shown.has(JSON.stringify(problem)));
    if (fresh.length > 0) this.#holder.change({ problems: [...before, ...fresh] });
  }

  dismissNotice(): void {
    this.#holder.change({ notice: undefined, justKept: undefined });
  }

  dismissProblems(): void {
    this.#holder.change({ problems: [] });
  }
}

/** Here nothing has to be restarted: what failed left everything as it was. */
function forTeaching(problem: Problem): Problem {
  return problem.code === 'unexpected' ? { ...problem, code: 'command-failed' } : problem;
}
