import type { Problem } from '../../shared/contracts/messages/problem';

/** Problems that can occur before anything except the start's code is fetched: they prevent listening. */
export type StartProblem = Extract<
  Problem,
  {
    readonly code:
      | 'permission-denied'
      | 'no-microphone'
      | 'microphone-busy'
      | 'microphone-unplugged'
      | 'microphone-failed'
      | 'microphone-muted'
      | 'nothing-shared'
      | 'insecure-page'
      | 'unsupported-browser'
      | 'unknown-backend'
      | 'demo-missing'
      | 'audio-suspended'
      | 'model-missing'
      | 'model-damaged'
      | 'no-backend'
      | 'tagging-failed'
      | 'worker-died'
      | 'backend-lost'
      | 'bad-message'
      | 'unexpected';
  }
>;
