import captureUrl from '../../worklets/capture.ts?worker&url';
import {
  CAPTURE_PROCESSOR,
  type CaptureOptions,
  type ConnectMessage,
  type SoundPieces,
} from '../shared/contracts/capture-messages';
import { EarmarkError } from '../shared/contracts/messages/problem';
import { SHARED_SOUND } from '../shared/contracts/settings';
import { playDemo } from './demo';

/** A context that is allowed to start does so within some hundredths of a second. */
const LONGEST_START_MS = 1000;

export interface MicrophoneOptions {
  /** Their sample rate is requested from the audio context. */
  readonly pieces: SoundPieces;
  /** Empty for the system's default. */
  readonly deviceId: string;
  /** Echo cancellation, noise suppression and gain control. */
  readonly voiceProcessing: boolean;
  /** Plays the demo and listens to it. No microphone is opened. */
  readonly demo: boolean;
  /** Aborted when the microphone is no longer wanted. It is then released at once, even while it is being opened. */
  readonly signal: AbortSignal;
  /**
   * It ended by itself and sends nothing more: it was unplugged, its permission was withdrawn, or its audio device
   * failed.
   */
  onEnded(): void;
  /** The browser paused or resumed the audio context. */
  onRunningChange(running: boolean): void;
  /** The system muted the microphone, which then sends silence, or unmuted it. */
  onMutedChange(muted: boolean): void;
}

/** An open microphone whose sound arrives in pieces at `port`. */
export interface Microphone {
  /** To be transferred to the worker. */
  readonly port: MessagePort;
  /** As the browser calls it; empty for the demo. */
  readonly name: string;
  /** Rate of the sound: as it was wanted, unless the browser refused it. */
  readonly sampleRateHz: number;
  readonly running: boolean;
  readonly muted: boolean;
  /** From the next piece on, its sound arrives in such ones. Nothing is lost. */
  setPieces(pieces: SoundPieces): void;
  /** Asks a paused audio context to resume, and tells whether it did. Works from a button press. */
  resume(): Promise<boolean>;
  /** Releases the device. */
  stop(): Promise<void>;
}

function explain(error: unknown): EarmarkError {
  const { name, message } = error as DOMException;
  const options = { cause: error };
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return new EarmarkError({ code: 'permission-denied' }, options);
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return new EarmarkError({ code: 'no-microphone' }, options);
  }
  if (name === 'NotReadableError' || name === 'AbortError') {
    return new EarmarkError({ code: 'microphone-busy' }, options);
  }
  return new EarmarkError({ code: 'microphone-failed', detail: message }, options);
}

async function openStream(deviceId: string, voiceProcessing: boolean): Promise<MediaStream> {
  if (deviceId === SHARED_SOUND) return (await import('./shared-sound')).openSharedSound();
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
        echoCancellation: voiceProcessing,
        noiseSuppression: voiceProcessing,
        autoGainControl: voiceProcessing,
      },
    });
  } catch (error) {
    throw explain(error);
  }
}

/** What is captured: a node's sound in its context, and the stream behind it. */
interface OpenedSound {
  readonly stream: MediaStream;
  readonly context: AudioContext;
  readonly source: AudioNode;
}

/** A context at `sampleRateHz` that takes the stream, or one at the device's rate if the browser refuses. */
async function connectStream(stream: MediaStream, sampleRateHz: number): Promise<OpenedSound> {
  const context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
  try {
    return { stream, context, source: context.createMediaStreamSource(stream) };
  } catch (error) {
    await context.close();
    if ((error as DOMException).name !== 'NotSupportedError') throw error;
    const native = new AudioContext({ latencyHint: 'interactive' });
    return { stream, context: native, source: native.createMediaStreamSource(stream) };
  }
}

async function openSound({ pieces, deviceId, voiceProcessing, demo }: MicrophoneOptions): Promise<OpenedSound> {
  if (demo) return playDemo(pieces.sampleRateHz);
  const stream = await openStream(deviceId, voiceProcessing);
  try {
    return await connectStream(stream, pieces.sampleRateHz);
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw explain(error);
  }
}

/** Asks the context to run, and tells whether it does: some browsers hold it back until a button is pressed. */
async function run(context: AudioContext): Promise<boolean> {
  // The promise stays pending while the browser waits for another press of a button.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_START_MS));
  // During a phone call it rejects instead. Either way the context's state gives the result.
  await Promise.race([context.resume().catch(() => undefined), patience]);
  return context.state === 'running';
}

/**
 * Opens the microphone. Asks for permission if it is not granted yet.
 *
 * @throws EarmarkError insecure-page, unsupported-browser, permission-denied, no-microphone, microphone-busy or
 * microphone-failed. Nothing stays open then, nor if `signal` was aborted.
 */
export async function openMicrophone(options: MicrophoneOptions): Promise<Microphone> {
  if (!globalThis.isSecureContext) {
    throw new EarmarkError({ code: 'insecure-page', wanted: 'microphone' });
  }
  if (navigator.mediaDevices === undefined || globalThis.AudioWorkletNode === undefined) {
    throw new EarmarkError({ code: 'unsupported-browser' });
  }
  const { stream, context, source } = await openSound(options);
  const stopTracks = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  options.signal.addEventListener('abort', stopTracks);
  try {
    options.signal.throwIfAborted();
    await context.audioWorklet.addModule(captureUrl);
    const processorOptions = captureOptions(options.pieces, context);
    const capture = new AudioWorkletNode(context, CAPTURE_PROCESSOR, { processorOptions });
    source.connect(capture);
    // The worklet writes no output, so this is silent. An unconnected node may not be run.
    capture.connect(context.destination);
    const { port1, port2 } = new MessageChannel();
    const connect: ConnectMessage = { port: port1 };
    capture.port.postMessage(connect, [port1]);
    await run(context);
    options.signal.throwIfAborted();
    return microphoneOf(stream, context, capture.port, port2, options);
  } catch (error) {
    stopTracks();
    await context.close();
    throw explain(error);
  }
}

/** Pieces as the worklet fills them, at the context's rate. */
function captureOptions(
  { pieceSamples, backlogPieces, sampleRateHz }: SoundPieces,
  context: AudioContext,
): CaptureOptions {
  // What has to be converted does not end with a column, and the rest of one waits for the next piece.
  const parts = context.sampleRate === sampleRateHz ? 1 : 2;
  return {
    pieceSamples: Math.round((pieceSamples * context.sampleRate) / sampleRateHz / parts),
    backlogPieces: parts * backlogPieces,
  };
}

function microphoneOf(
  stream: MediaStream,
  context: AudioContext,
  worklet: MessagePort,
  port: MessagePort,
  { demo, onEnded, onRunningChange, onMutedChange }: MicrophoneOptions,
): Microphone {
  const stopping = new AbortController();
  const { signal } = stopping;
  const [track] = stream.getAudioTracks() as [MediaStreamTrack];
  const end = (): void => {
    if (!signal.aborted) onEnded();
  };
  track.addEventListener('ended', end, { signal });
  track.addEventListener('mute', () => onMutedChange(true), { signal });
  track.addEventListener('unmute', () => onMutedChange(false), { signal });
  // The output device failed, or changed in a way that the context cannot follow.
  context.addEventListener('error', end, { signal });
  context.addEventListener('statechange', () => void follow(), { signal });
  void watchPermission(end, signal);

  async function follow(): Promise<void> {
    if (context.state === 'closed') return end();
    // After a call, or when a laptop wakes up, asking is often enough.
    const running = context.state === 'running' || (await run(context));
    if (!signal.aborted) onRunningChange(running);
  }

  return {
    port,
    name: demo ? '' : track.label,
    sampleRateHz: context.sampleRate,
    get running() {
      return context.state === 'running';
    },
    get muted() {
      return track.muted;
    },
    setPieces: (pieces) => worklet.postMessage(captureOptions(pieces, context)),
    resume: () => run(context),
    async stop() {
      stopping.abort();
      for (const track of stream.getTracks()) track.stop();
      if (context.state !== 'closed') await context.close();
    },
  };
}

/** Calls `onDenied` when the permission is revoked. Some browsers leave the track open then. */
async function watchPermission(onDenied: () => void, signal: AbortSignal): Promise<void> {
  // Firefox before 131 does not know this permission. There, the track ends instead.
  const status = await navigator.permissions?.query({ name: 'microphone' }).catch(() => undefined);
  status?.addEventListener('change', () => status.state === 'denied' && onDenied(), { signal });
}
