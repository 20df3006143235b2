import * as v from 'valibot';
import { count, finiteNumber } from '../lib/schemas';
import type { FeatureSpec } from './model/feature-spec';

/** Name under which the capture worklet registers itself. */
export const CAPTURE_PROCESSOR = 'earmark-capture';

/** Options of the capture worklet, as `processorOptions`, and later as a message from the main thread. */
export interface CaptureOptions {
  readonly pieceSamples: number;
  /** Pieces that the worklet keeps while the worker is busy: the newest ones. */
  readonly backlogPieces: number;
}

/** How captured sound is to arrive. */
export interface SoundPieces extends CaptureOptions {
  readonly sampleRateHz: number;
}

/** Longer pieces would make tags that are due between two of them late. */
const MOST_COLUMNS_PER_PIECE = 8;

/**
 * Pieces of whole hops at the model's rate: as many as come from one tag to the next, because every piece wakes the worker. Up to
 * one window of them waits.
 */
export function piecesFor(
  { sampleRateHz, hopSamples, frames }: Pick<FeatureSpec, 'sampleRateHz' | 'hopSamples' | 'frames'>,
  tagsPerSecond: number,
): SoundPieces {
  const columnsPerTag = Math.floor(sampleRateHz / hopSamples / tagsPerSecond);
  const columns = Math.max(1, Math.min(MOST_COLUMNS_PER_PIECE, columnsPerTag));
  return { sampleRateHz, pieceSamples: columns * hopSamples, backlogPieces: Math.ceil(frames / columns) };
}

/** Main thread → worklet: where to send the pieces. The port is transferred. */
export interface ConnectMessage {
  readonly port: MessagePort;
}

const pieceMessageSchema = v.object({
  samples: v.pipe(
    v.instance(Float32Array),
    v.check((samples) => samples.length > 0),
  ),
  /** Audio clock at the piece's end, in seconds. */
  endSeconds: finiteNumber,
  /** Pieces waiting in the worklet after this one; 0 means that this is the newest sound. */
  waitingPieces: count,
  /** Pieces lost so far because the backlog was full. */
  droppedPieces: count,
});

/** Worklet → worker: the next piece of mono samples. `samples` is transferred. */
export type PieceMessage = v.InferOutput<typeof pieceMessageSchema>;

/** Whether a message is a {@link PieceMessage}. */
export function isPieceMessage(value: unknown): value is PieceMessage {
  return v.is(pieceMessageSchema, value);
}

/** Worker → worklet: returns a piece's array to be filled again. It is transferred. */
export type ReturnMessage = Float32Array<ArrayBuffer>;
