/** Name under which the capture worklet registers itself. */
export const CAPTURE_PROCESSOR = 'earmark-capture';

/** Options of the capture worklet, as `processorOptions`. */
export interface CaptureOptions {
  readonly hopSamples: number;
  /** Hops that the worklet keeps while the worker is busy: the newest ones, one window's worth. */
  readonly backlogHops: number;
}

/** Main thread → worklet: where the hops go. The port is transferred. */
export interface ConnectMessage {
  readonly port: MessagePort;
}

/** Worklet → worker: the next hop of mono samples. `samples` is transferred. */
export interface HopMessage {
  samples: Float32Array;
  /** Audio clock at the hop's end, in seconds. */
  endSeconds: number;
  /** Hops that wait in the worklet behind this one; 0 means that this is the newest sound. */
  waitingHops: number;
  /** Hops lost so far because the backlog was full. */
  droppedHops: number;
}

/** Whether a message is a {@link HopMessage}. */
export function isHopMessage(value: unknown): value is HopMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { samples, endSeconds, waitingHops, droppedHops } = value as Partial<HopMessage>;
  const isCount = (count: unknown): boolean => Number.isInteger(count) && (count as number) >= 0;
  const isSound = samples instanceof Float32Array && samples.length > 0;
  return isSound && Number.isFinite(endSeconds) && isCount(waitingHops) && isCount(droppedHops);
}

/** Worker → worklet: a hop's array comes back to be filled again. It is transferred. */
export type ReturnMessage = Float32Array;
