import captureUrl from '../../worklets/capture.ts?worker&url';
import { CAPTURE_PROCESSOR, type CaptureOptions, type ConnectMessage } from '../shared/capture-messages';
import type { FeatureSpec } from '../shared/feature-spec';
import { EarmarkError } from '../shared/problem';

/** A context that may start does so within some hundredths of a second. */
const LONGEST_START_MS = 1000;

export interface MicrophoneOptions {
  /** The model's front end: its rate is asked of the audio context, its hop is what the worklet hands out. */
  readonly spec: FeatureSpec;
  /** Empty for the system's default. */
  readonly deviceId: string;
  /** Echo cancellation, noise suppression and gain control. */
  readonly voiceProcessing: boolean;
  /** The track ended by itself: unplugged, or the permission was withdrawn. */
  onEnded(): void;
  /** The browser paused or resumed the audio context. */
  onRunningChange(running: boolean): void;
}

/** An open microphone whose hops come out of `port`. */
export interface Microphone {
  /** To be transferred to the worker. */
  readonly port: MessagePort;
  /** Rate of the hops: the model's, unless the browser refused it. */
  readonly sampleRateHz: number;
  readonly running: boolean;
  /** Asks a paused audio context to go on; works from a press of a button. */
  resume(): Promise<void>;
  /** Releases the device. */
  stop(): Promise<void>;
}

function explain(error: unknown, deviceId: string): EarmarkError {
  const { name, message } = error as DOMException;
  const options = { cause: error };
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return new EarmarkError(
      'permission-denied',
      'Earmark may not use the microphone. Allow it for this page (the icon beside the address), then press “Try again”.',
      options,
    );
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    const sentence =
      deviceId === ''
        ? 'No microphone was found. Plug one in, or turn it on in the system settings, then press “Try again”.'
        : 'The chosen microphone is not there. Plug it in, or choose another one under Settings, then press “Try again”.';
    return new EarmarkError('no-microphone', sentence, options);
  }
  if (name === 'NotReadableError' || name === 'AbortError') {
    return new EarmarkError(
      'microphone-busy',
      'The microphone could not be opened: another program may be using it. Close that program, then press “Try again”.',
      options,
    );
  }
  return new EarmarkError(
    'microphone-failed',
    `The microphone could not be opened (${message}). Press “Try again”.`,
    options,
  );
}

async function openStream(deviceId: string, voiceProcessing: boolean): Promise<MediaStream> {
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
    throw explain(error, deviceId);
  }
}

/** A context at `sampleRateHz` that takes the stream, or one at the device's rate where the browser refuses. */
async function connectStream(
  stream: MediaStream,
  sampleRateHz: number,
): Promise<{ context: AudioContext; source: MediaStreamAudioSourceNode }> {
  const context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
  try {
    return { context, source: context.createMediaStreamSource(stream) };
  } catch (error) {
    await context.close();
    if ((error as DOMException).name !== 'NotSupportedError') throw error;
    const native = new AudioContext({ latencyHint: 'interactive' });
    return { context: native, source: native.createMediaStreamSource(stream) };
  }
}

/** Starts the context; gives up silently where the browser holds it back: then the microphone is not `running`. */
async function startSound(context: AudioContext): Promise<void> {
  // The promise stays open for as long as the browser wants another press of a button.
  const patience = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_START_MS));
  await Promise.race([context.resume(), patience]);
}

/**
 * Opens the microphone; asks for the permission where it is not given yet.
 *
 * @throws EarmarkError insecure-page, unsupported-browser, permission-denied, no-microphone, microphone-busy or
 * microphone-failed. Nothing stays open then.
 */
export async function openMicrophone(options: MicrophoneOptions): Promise<Microphone> {
  const { spec, deviceId, voiceProcessing, onEnded, onRunningChange } = options;
  if (!globalThis.isSecureContext) {
    throw new EarmarkError(
      'insecure-page',
      'Browsers give the microphone only to secure pages. Open Earmark by https, or on this computer as http://localhost.',
    );
  }
  if (navigator.mediaDevices === undefined || globalThis.AudioWorkletNode === undefined) {
    throw new EarmarkError(
      'unsupported-browser',
      'This browser cannot hand live sound to a page. Use a recent Chrome, Edge, Firefox or Safari.',
    );
  }
  const stream = await openStream(deviceId, voiceProcessing);
  let context: AudioContext | undefined;
  try {
    const connected = await connectStream(stream, spec.sampleRateHz);
    context = connected.context;
    await context.audioWorklet.addModule(captureUrl);
    const processorOptions: CaptureOptions = {
      hopSamples: Math.round((spec.hopSamples * context.sampleRate) / spec.sampleRateHz),
      backlogHops: spec.frames,
    };
    const capture = new AudioWorkletNode(context, CAPTURE_PROCESSOR, { processorOptions });
    connected.source.connect(capture);
    // The worklet writes no output, so this is silent; a node that leads nowhere may not be run.
    capture.connect(context.destination);
    const { port1, port2 } = new MessageChannel();
    const connect: ConnectMessage = { port: port1 };
    capture.port.postMessage(connect, [port1]);
    await startSound(context);
    return microphoneOf(stream, context, port2, onEnded, onRunningChange);
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    await context?.close();
    throw explain(error, deviceId);
  }
}

function microphoneOf(
  stream: MediaStream,
  context: AudioContext,
  port: MessagePort,
  onEnded: () => void,
  onRunningChange: (running: boolean) => void,
): Microphone {
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const track of stream.getTracks()) track.addEventListener('ended', onEnded, { signal });
  context.addEventListener('statechange', () => onRunningChange(context.state === 'running'), { signal });
  return {
    port,
    sampleRateHz: context.sampleRate,
    get running() {
      return context.state === 'running';
    },
    resume: () => context.resume(),
    async stop() {
      stopping.abort();
      for (const track of stream.getTracks()) track.stop();
      await context.close();
    },
  };
}
