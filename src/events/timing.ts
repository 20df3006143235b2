import type { EventTiming } from './detector';

/**
 * Time constants of all events: of the diary, of recordings and of the command line.
 *
 * The delays are those of the shipped network and its windows of 1.9 s, measured by `npm run bench:event-times` on clips
 * that it was not trained on.
 */
export const eventTiming: EventTiming = {
  // Half a window: the probability of a sound that goes on rarely dips for longer.
  holdSeconds: 1,
  // A dog that barks every few seconds barks once in the diary, and what is mistaken for another sound is so once, not every time.
  gapSeconds: 4,
  // Four windows. Of events that are shorter, nearly all are wrong.
  shortestSeconds: 0.5,
  // Three windows. Of what is sure so early, 99 in 100 stay up for longer than the shortest event.
  sureSeconds: 0.37,
  // Half as many events again are told within a second, for 4 in 100 more that belong to no sound of the benchmark's scene.
  suddenRiseDb: 4,
  // What comes to its threshold later cannot be told within a second, and is wrong more often.
  suddenSeconds: 1,
  // A hum that lasts all night is a piece every ten minutes.
  longestSeconds: 600,
  // Longer than most sounds need, so that a pause of the gap's length is bridged for most.
  onsetDelaySeconds: 1.2,
  // A window, and what a slow label needs beyond it. More would be a little more exact, but the end would be told later.
  riseSeconds: 3,
  riseShare: 0.02,
  riseDelaySeconds: 0.39,
  // After smaller rises, more of the events that this adds belong to no sound; after larger ones, fewer sounds are told sooner.
  steepRiseDb: 8,
  endDelaySeconds: 1.1,
};
