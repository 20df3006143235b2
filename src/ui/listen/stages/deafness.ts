import type { AppState, Phase } from '../../../app/state';
import type { Problem, ProblemCode } from '../../../shared/contracts/messages/problem';

/** Tags come at least once a second. After this long without one, no sound is arriving. */
const SILENCE_MS = 4000;

/** Problems during which listening continues, but nothing is heard. */
const deafening: readonly ProblemCode[] = ['audio-suspended', 'microphone-muted'];

/** Why nothing can be heard: a problem, or the current phase. `no-sound`: it listens, but no sound arrives. */
export type Deafness =
  | { readonly code: 'problem'; readonly problem: Problem }
  | { readonly code: Exclude<Phase, 'listening'> | 'no-sound' };

/**
 * Why a board must not pretend that it is quiet.
 *
 * @param soundMs when sound last arrived, or listening began.
 * @returns undefined while it hears.
 */
export function deafnessOf({ phase, problem }: AppState, soundMs: number, nowMs: number): Deafness | undefined {
  if (phase === 'listening') {
    if (problem && deafening.includes(problem.code)) return { code: 'problem', problem };
    return nowMs - soundMs > SILENCE_MS ? { code: 'no-sound' } : undefined;
  }
  return problem ? { code: 'problem', problem } : { code: phase };
}
