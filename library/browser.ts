/** The package `earmark` in browsers. */
import { proxy, type Remote, transfer, transferHandlers, wrap } from 'comlink';
import {
  CAPTURE_PROCESSOR,
  type CaptureOptions,
  type ConnectMessage,
  type PieceMessage,
  piecesFor,
} from '../src/shared/contracts/capture-messages';
import { carryOneWayCalls, oneWay } from '../src/shared/lib/one-way';
import type { Listening, ListenOptions, Tagger, TaggerOptions } from './api';
import { TAGS_PER_SECOND } from './tags-per-second';
import type { LibraryWorkerApi, OpenedModel } from './worker-api';

export * from './common';

carryOneWayCalls(transferHandlers);

/** What a tagger in a browser listens to: a microphone or another stream, or a port that gets arrays of mono samples. */
export type Source = MediaStream | MessagePort;

/** Where the scripts of other threads are served, for pages whose policy forbids `blob:`. */
export interface ScriptAddresses {
  readonly workerUrl?: string;
  readonly workletUrl?: string;
}

/** In a browser, the model is an address. */
export type BrowserTaggerOptions = TaggerOptions & ScriptAddresses & { readonly model: string };

/**
 * Opens a model in a worker of its own.
 *
 * @throws Error if the model cannot be fetched or is damaged, or no backend works.
 */
export async function createTagger(options: BrowserTaggerOptions): Promise<Tagger<Source>> {
  const { model, backend = 'auto', threshold, workerUrl, workletUrl } = options;
  const worker = await startWorker(workerUrl);
  const remote = wrap<LibraryWorkerApi>(worker);
  try {
    const info = await remote.open(new URL(model, location.href).href, backend, threshold);
    return new BrowserTagger(worker, remote, info, workletUrl);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

async function startWorker(workerUrl: string | undefined): Promise<Worker> {
  if (workerUrl !== undefined) return new Worker(workerUrl, { type: 'module' });
  const { default: text } = await import('earmark:worker');
  return new Worker(scriptUrl(text), { type: 'module' });
}

function scriptUrl(text: string): string {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

class BrowserTagger implements Tagger<Source> {
  readonly #worker: Worker;
  readonly #remote: Remote<LibraryWorkerApi>;
  readonly #info: OpenedModel;
  readonly #workletUrl: string | undefined;

  constructor(worker: Worker, remote: Remote<LibraryWorkerApi>, info: OpenedModel, workletUrl: string | undefined) {
    this.#worker = worker;
    this.#remote = remote;
    this.#info = info;
    this.#workletUrl = workletUrl;
  }

  get model(): string {
    return this.#info.model;
  }

  get backend(): string {
    return this.#info.backend;
  }

  get labels(): OpenedModel['labels'] {
    return this.#info.labels;
  }

  get sampleRateHz(): number {
    return this.#info.sampleRateHz;
  }

  tag(samples: Float32Array, sampleRateHz: number): ReturnType<Tagger<Source>['tag']> {
    return this.#remote.tag(samples, sampleRateHz);
  }

  async listen(source: Source, options: ListenOptions): Promise<Listening> {
    const { onWindow = () => undefined, onEvent = () => undefined } = options;
    const captured = 'getAudioTracks' in source ? await this.#capture(source) : this.#takePieces(source, options);
    let end: { resolve(): void; reject(error: Error): void } | undefined;
    const ended = new Promise<void>((resolve, reject) => {
      end = { resolve, reject };
    });
    ended.catch(() => undefined);
    const stop = async (): Promise<void> => {
      await this.#remote.stop();
      await captured.close();
      end?.resolve();
    };
    captured.onEnd = stop;
    await this.#remote.listen(
      transfer(captured.port, [captured.port]),
      captured.sampleRateHz,
      oneWay(onWindow),
      oneWay(onEvent),
      proxy((message: string) => end?.reject(new Error(message))),
    );
    return { ended, stop };
  }

  async dispose(): Promise<void> {
    await this.#remote.stop();
    this.#worker.terminate();
  }

  /** Collects the sound of a stream in a worklet. */
  async #capture(stream: MediaStream): Promise<Captured> {
    const { sampleRateHz } = this.#info;
    const context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(this.#workletUrl ?? scriptUrl((await import('earmark:worklet')).default));
      const processorOptions: CaptureOptions = piecesFor(this.#info, TAGS_PER_SECOND);
      const capture = new AudioWorkletNode(context, CAPTURE_PROCESSOR, { processorOptions });
      context.createMediaStreamSource(stream).connect(capture).connect(context.destination);
      const { port1, port2 } = new MessageChannel();
      const connect: ConnectMessage = { port: port1 };
      capture.port.postMessage(connect, [port1]);
      await context.resume();
      const captured: Captured = { port: port2, sampleRateHz, onEnd: undefined, close: () => context.close() };
      stream.getAudioTracks()[0]?.addEventListener('ended', () => void captured.onEnd?.());
      return captured;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** Makes pieces of the arrays that arrive at a port. */
  #takePieces(source: MessagePort, { sampleRateHz = this.#info.sampleRateHz }: ListenOptions): Captured {
    const { port1, port2 } = new MessageChannel();
    const captured: Captured = { port: port2, sampleRateHz, onEnd: undefined, close: async () => source.close() };
    let heard = 0;
    source.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer> | null>) => {
      if (data === null) {
        void captured.onEnd?.();
        return;
      }
      heard += data.length;
      const piece: PieceMessage = {
        samples: data,
        endSeconds: heard / sampleRateHz,
        waitingPieces: 0,
        droppedPieces: 0,
      };
      port1.postMessage(piece);
    };
    return captured;
  }
}

/** A source whose sound arrives in pieces at a port. */
interface Captured {
  readonly port: MessagePort;
  readonly sampleRateHz: number;
  /** Called when the source ends by itself. */
  onEnd: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}
