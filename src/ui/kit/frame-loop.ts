import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A tab that was asleep must not make the drawing jump. */
const LONGEST_STEP_MS = 100;
const FIRST_STEP_MS = 1000 / 60;

/**
 * Calls `draw` once per animation frame for as long as it returns true. At rest, and while the page is hidden, no
 * frames are requested.
 */
export class FrameLoop implements ReactiveController {
  private request = 0;
  private lastMs: number | undefined;
  private waiting = false;

  constructor(
    host: ReactiveControllerHost,
    /** Draws, and tells whether something is still moving. */
    private readonly draw: (elapsedMs: number) => boolean,
  ) {
    host.addController(this);
  }

  /** Requests a drawing. */
  start(): void {
    this.waiting = true;
    if (this.request === 0 && !document.hidden) this.request = requestAnimationFrame(this.frame);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.onVisibilityChange);
    if (this.waiting) this.start();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.onVisibilityChange);
    this.cancel();
  }

  private readonly frame = (nowMs: number): void => {
    this.request = 0;
    const elapsedMs = this.lastMs === undefined ? FIRST_STEP_MS : Math.min(nowMs - this.lastMs, LONGEST_STEP_MS);
    this.lastMs = nowMs;
    this.waiting = false;
    if (this.draw(elapsedMs)) this.start();
    if (!this.waiting) this.lastMs = undefined;
  };

  private readonly onVisibilityChange = (): void => {
    if (document.hidden) this.cancel();
    else if (this.waiting) this.start();
  };

  private cancel(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.lastMs = undefined;
  }
}
