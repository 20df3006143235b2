import { setTimeout as pause } from 'node:timers/promises';

/** What tells the time, and lets it pass. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  pause(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: Date.now,
  async pause(ms) {
    await pause(ms);
  },
};
