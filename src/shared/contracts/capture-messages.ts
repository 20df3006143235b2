import * as v from 'valibot';
import { count, finiteNumber } from '../lib/schemas';

/** Name under which the capture worklet registers itself. */
export const CAPTURE_PROCESSOR = 'earmark-capture';

/** Options of the capture worklet, as `processorOptions`. */
export interface CaptureOptions {
  readonly hopSamples: number;
  /** Hops that the worklet keeps while the worker is busy: the newest ones, up to one window. */
  readonly backlogHops: number;
}

/** Main thread → worklet: where to send the hops. The port is transferred. */
export interface ConnectMessage {
  readonly port: MessagePort;
}

const hopMessageSchema = v.object({
  samples: v.pipe(
    v.instance(Float32Array),
    v.check((samples) => samples.length > 0),
  ),
  /** Audio clock at the hop's end, in seconds. */
  endSeconds: finiteNumber,
  /** Hops waiting in the worklet after this one; 0 means that this is the newest sound. */
  waitingHops: count,
  /** Hops lost so far because the backlog was full. */
  droppedHops: count,
});

/** Worklet → worker: the next hop of mono samples. `samples` is transferred. */
export type HopMessage = v.InferOutput<typeof hopMessageSchema>;

/** Whether a message is a {@link HopMessage}. */
export function isHopMessage(value: unknown): value is HopMessage {
  return v.is(hopMessageSchema, value);
}

/** Worker → worklet: returns a hop's array to be filled again. It is transferred. */
export type ReturnMessage = Float32Array<ArrayBuffer>;
