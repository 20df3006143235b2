import type { EventTiming } from './detector';

/** Time constants of all events: of the diary, of recordings and of the command line. */
export const eventTiming: EventTiming = {
  holdSeconds: 1,
  gapSeconds: 2,
  shortestSeconds: 0.375,
  longestSeconds: 600,
  onsetDelaySeconds: 0.5,
  endDelaySeconds: 1,
};
