import {
  CAPTURE_PROCESSOR,
  type CaptureOptions,
  type ConnectMessage,
  type PieceMessage,
  type ReturnMessage,
} from '../src/shared/contracts/capture-messages';
import { MonoMixer } from '../src/shared/lib/sound/mono-mixer';

/** Maximum pieces in transit to the worker and back. The rest of the backlog waits here. */
const PIECES_IN_FLIGHT = 6;

/** Sound that is heard before one channel is preferred to the mean of all. */
const EVIDENCE_SECONDS = 0.2;

/** Samples in a block. Browsers that let a page choose another number do not exist yet. */
const BLOCK_SAMPLES = 128;

/**
 * Collects microphone blocks into pieces of mono samples and sends them to the worker.
 *
 * All arrays are allocated in the beginning, and when pieces change their length: a piece's array travels to the worker and comes back to be filled again.
 * While all of them are in transit, the newest pieces wait in a ring buffer. If it is full, the oldest piece is lost, and
 * counted.
 */
class CaptureProcessor extends AudioWorkletProcessor {
  #pieceSamples = 0;
  #backlogPieces = 0;
  /** The newest pieces, including the one being filled. */
  #ring = new Float32Array(0);
  #ringEndSeconds = new Float64Array(0);
  readonly #mixer = new MonoMixer(sampleRate, EVIDENCE_SECONDS);
  #mono = new Float32Array(BLOCK_SAMPLES);
  #free: Float32Array<ArrayBuffer>[] = [];
  readonly #transfer: ArrayBuffer[] = [];
  readonly #message: PieceMessage;
  #output: MessagePort | undefined;
  /** Pieces completed and sent since the start. Their difference is the number waiting. */
  #completed = 0;
  #sent = 0;
  #dropped = 0;
  #filled = 0;
  /** What holds once the pieces that wait are sent. */
  #next: CaptureOptions | undefined;

  constructor({ processorOptions }: { processorOptions: CaptureOptions }) {
    super();
    this.#collect(processorOptions);
    this.#message = { samples: new Float32Array(0), endSeconds: 0, waitingPieces: 0, droppedPieces: 0 };
    this.port.onmessage = ({ data }: MessageEvent<ConnectMessage | CaptureOptions>) => {
      if ('port' in data) this.#connect(data.port);
      else this.#next = data.pieceSamples === this.#pieceSamples ? undefined : data;
    };
  }

  /** Begins with pieces of another length. */
  #collect({ pieceSamples, backlogPieces }: CaptureOptions): void {
    this.#pieceSamples = pieceSamples;
    this.#backlogPieces = backlogPieces;
    this.#ring = new Float32Array((backlogPieces + 1) * pieceSamples);
    this.#ringEndSeconds = new Float64Array(backlogPieces + 1);
    this.#free = Array.from({ length: PIECES_IN_FLIGHT }, () => new Float32Array(pieceSamples));
    this.#completed = 0;
    this.#sent = 0;
    this.#next = undefined;
  }

  #connect(output: MessagePort): void {
    this.#output = output;
    output.onmessage = ({ data }: MessageEvent<ReturnMessage>) => {
      // Those of another length are on their way since before it changed.
      if (data.length === this.#pieceSamples) this.#free.push(data);
      this.#send();
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0] as Float32Array[];
    const block = channels[0];
    // An input without channels (a paused microphone) counts as silence: time goes on.
    const length = block?.length ?? BLOCK_SAMPLES;
    if (length > this.#mono.length) this.#mono = new Float32Array(length);
    this.#mixer.mix(channels, length, this.#mono);
    for (let i = 0; i < length; i++) {
      const slot = this.#completed % (this.#backlogPieces + 1);
      this.#ring[slot * this.#pieceSamples + this.#filled] = this.#mono[i] as number;
      this.#filled++;
      if (this.#filled === this.#pieceSamples) this.#completePiece((currentFrame + i + 1) / sampleRate);
    }
    return true;
  }

  #completePiece(endSeconds: number): void {
    this.#ringEndSeconds[this.#completed % (this.#backlogPieces + 1)] = endSeconds;
    this.#filled = 0;
    this.#completed++;
    if (this.#completed - this.#sent > this.#backlogPieces) {
      this.#sent++;
      this.#dropped++;
    }
    this.#send();
    if (this.#next && this.#sent === this.#completed) this.#collect(this.#next);
  }

  #send(): void {
    while (this.#output !== undefined && this.#sent < this.#completed) {
      const samples = this.#free.pop();
      if (samples === undefined) return;
      const slot = this.#sent % (this.#backlogPieces + 1);
      samples.set(this.#ring.subarray(slot * this.#pieceSamples, (slot + 1) * this.#pieceSamples));
      this.#sent++;
      this.#message.samples = samples;
      this.#message.endSeconds = this.#ringEndSeconds[slot] as number;
      this.#message.waitingPieces = this.#completed - this.#sent;
      this.#message.droppedPieces = this.#dropped;
      this.#transfer[0] = samples.buffer as ArrayBuffer;
      this.#output.postMessage(this.#message, this.#transfer);
    }
  }
}

registerProcessor(CAPTURE_PROCESSOR, CaptureProcessor);
