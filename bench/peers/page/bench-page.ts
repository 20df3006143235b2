/** The page that runs the systems, each in its own worker. The benchmark drives it through `window.bench`. */

import { proxy, transfer, transferHandlers, wrap } from 'comlink';
import type { BackendName } from '../../../src/shared/contracts/backend';
import { type PieceMessage, piecesFor } from '../../../src/shared/contracts/capture-messages';
import { EarmarkError } from '../../../src/shared/contracts/messages/problem';
import type { ModelInfo, TaggerApi } from '../../../src/shared/contracts/tagger-api';
import { seededRandom } from '../../../src/shared/lib/math/random';
import { carryOneWayCalls, oneWay } from '../../../src/shared/lib/one-way';
import { en } from '../../../src/ui/messages/en';
import type { Peer } from '../workers/peer';
import { WASM_MEMORY_CHANNEL, type WasmMemory } from '../workers/wasm-memory-channel';

/** How to start a system. */
export type SystemSpec = EarmarkSpec | PeerSpec;

export interface EarmarkSpec {
  readonly kind: 'earmark';
  readonly backend: BackendName;
  /** Its model's folder. */
  readonly model: string;
  /** The worker's URL, a module. */
  readonly worker: string;
}

export interface PeerSpec {
  readonly kind: 'peer';
  readonly worker: string;
  /** Sample rate of its input. */
  readonly sampleRateHz: number;
}

/** Startup times of a system, in milliseconds from the start of its worker. */
export interface Start {
  readonly loadMs: number;
  readonly firstResultMs: number;
  /** The system's own remark. */
  readonly note?: string;
}

/** https://wicg.github.io/performance-measure-memory/ */
interface MemoryMeasuring {
  measureUserAgentSpecificMemory(): Promise<{
    breakdown: { bytes: number; attribution: { url: string }[] }[];
  }>;
}

const TAGS_PER_SECOND = 8;
const NOISE_SECONDS = 4;
/** −20 dBFS, as a root mean square. */
const NOISE_LEVEL = 0.1;

/** A system that takes 125 ms of sound and answers. */
interface Running {
  readonly worker: Worker;
  /** The worker's URL, different from any other system's. */
  readonly url: string;
  /** @returns milliseconds from passing the sound to the answer. */
  tag(): Promise<number>;
}

/** A system that was just started. */
interface Started extends Running {
  readonly loadMs: number;
  readonly note?: string;
}

/** White noise in a loop, cut into chunks of equal length. */
function noise(sampleRateHz: number, pieceSamples: number): () => Float32Array<ArrayBuffer> {
  const random = seededRandom(2017);
  const length = NOISE_SECONDS * sampleRateHz;
  const samples = Float32Array.from({ length }, () => (2 * random() - 1) * Math.sqrt(3) * NOISE_LEVEL);
  let next = 0;
  return () => {
    const piece = samples.slice(next, next + pieceSamples);
    next = (next + pieceSamples) % length;
    return piece;
  };
}

/** Settles like the promise, and also rejects if the worker's script fails. */
function orWorkerError<T>(worker: Worker, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message || 'its worker could not be started'));
    promise.then(resolve, reject);
  });
}

/** A worker's URL, different from any other system's. */
function addressOf(script: string, name: string): string {
  return `${script}${script.includes('?') ? '&' : '?'}system=${encodeURIComponent(name)}`;
}

async function startPeer(name: string, { worker: script, sampleRateHz }: PeerSpec): Promise<Started> {
  const start = performance.now();
  const url = addressOf(script, name);
  const worker = new Worker(url, { name });
  const peer = wrap<Peer>(worker);
  await orWorkerError(worker, peer.load());
  const loadMs = performance.now() - start;
  const nextPiece = noise(sampleRateHz, sampleRateHz / TAGS_PER_SECOND);
  return {
    worker,
    url,
    loadMs,
    async tag() {
      const samples = nextPiece();
      const handedOver = performance.now();
      const scores = await orWorkerError(worker, peer.tag(transfer(samples, [samples.buffer])));
      const tookMs = performance.now() - handedOver;
      if (!scores.every(Number.isFinite)) throw new Error('it answers with numbers that are not finite');
      return tookMs;
    },
  };
}

/** Earmark's worker, fed like the capture worklet feeds it. */
async function startEarmark(name: string, { backend, model, worker: script }: EarmarkSpec): Promise<Started> {
  const start = performance.now();
  const url = addressOf(script, name);
  const worker = new Worker(url, { type: 'module', name });
  const tagger = wrap<TaggerApi>(worker);
  const modelUrl = new URL(`/app/models/${model}/`, location.href).href;
  const info = await orWorkerError<ModelInfo>(worker, tagger.load(modelUrl, backend, TAGS_PER_SECOND));
  const loadMs = performance.now() - start;

  const { pieceSamples, sampleRateHz } = piecesFor(info.spec, TAGS_PER_SECOND);
  const piecesPerTag = sampleRateHz / TAGS_PER_SECOND / pieceSamples;
  const nextPiece = noise(sampleRateHz, pieceSamples);
  const { port1: feed, port2: port } = new MessageChannel();
  let answer: { resolve(): void; reject(error: Error): void };
  await tagger.listen(
    transfer(port, [port]),
    sampleRateHz,
    oneWay(() => answer.resolve()),
    proxy((problem) => answer.reject(new EarmarkError(problem))),
    oneWay(() => {}),
  );
  let pieces = 0;
  return {
    worker,
    url,
    loadMs,
    note: info.backend.trials
      .map((trial) => (trial.backend === backend ? en.backends.found(trial, info.backend) : ''))
      .join(''),
    async tag() {
      const messages = Array.from({ length: piecesPerTag }, (_, i): PieceMessage => {
        pieces++;
        const endSeconds = (pieces * pieceSamples) / sampleRateHz;
        return { samples: nextPiece(), endSeconds, waitingPieces: piecesPerTag - 1 - i, droppedPieces: 0 };
      });
      const answered = new Promise<void>((resolve, reject) => {
        answer = { resolve, reject };
      });
      const handedOver = performance.now();
      for (const message of messages) feed.postMessage(message, [message.samples.buffer]);
      await orWorkerError(worker, answered);
      return performance.now() - handedOver;
    },
  };
}

carryOneWayCalls(transferHandlers);

const running = new Map<string, Running>();

/** Bytes of WASM memory that Chromium's measurement leaves out, by system. */
async function wasmMemory(): Promise<Map<string, number>> {
  const channel = new BroadcastChannel(WASM_MEMORY_CHANNEL);
  const answers = new Map<string, number>();
  await new Promise<void>((resolve) => {
    channel.onmessage = ({ data: { worker, bytes } }: MessageEvent<WasmMemory>) => {
      answers.set(worker, bytes);
      if (answers.size === running.size) resolve();
    };
    channel.postMessage('measure');
  });
  channel.close();
  return answers;
}

/** The benchmark's commands to the page. Names are the systems'. */
const bench = {
  /** Starts a system and waits for its first answer. @throws Error saying why it cannot run here. */
  async start(name: string, spec: SystemSpec): Promise<Start> {
    const system = await (spec.kind === 'earmark' ? startEarmark(name, spec) : startPeer(name, spec));
    running.set(name, system);
    const { loadMs, note } = system;
    const firstTagMs = await system.tag();
    return { loadMs, firstResultMs: loadMs + firstTagMs, ...(note === undefined ? {} : { note }) };
  },

  stop(name: string): void {
    running.get(name)?.worker.terminate();
    running.delete(name);
  },

  /** @returns milliseconds of each tag. */
  async tag(name: string, count: number): Promise<number[]> {
    const { tag } = running.get(name) as Running;
    const times: number[] = [];
    for (let i = 0; i < count; i++) times.push(await tag());
    return times;
  },

  /** Tags 8 times per second in real time. */
  async listen(name: string, seconds: number): Promise<void> {
    const { tag } = running.get(name) as Running;
    const start = performance.now();
    for (let i = 0; i < seconds * TAGS_PER_SECOND; i++) {
      const waitMs = start + (i * 1000) / TAGS_PER_SECOND - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      await tag();
    }
  },

  /** Bytes held by each running system's worker after a garbage collection: heap, buffers and WASM memory. */
  async memory(): Promise<Record<string, number>> {
    const { breakdown } = await (performance as unknown as MemoryMeasuring).measureUserAgentSpecificMemory();
    const wasm = await wasmMemory();
    return Object.fromEntries(
      [...running].map(([name, { url }]) => {
        const parts = breakdown.filter(({ attribution }) => attribution.some((source) => source.url.endsWith(url)));
        return [name, parts.reduce((sum, { bytes }) => sum + bytes, wasm.get(name) ?? 0)];
      }),
    );
  },
};

export type Bench = typeof bench;

(window as unknown as { bench: Bench }).bench = bench;
