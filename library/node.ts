/** The package `earmark` in Node. */
import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { wasmFolder } from '../cli/earmark/package-files';
import { modelFolder } from '../cli/networks/model-path';
import { openModelFolder } from '../src/model/folder/node';
import { SHIPPED_MODEL } from '../src/shared/contracts/model/shipped-model';
import type { Listening, ListenOptions, Tagger, TaggerOptions } from './api';
import { tagSamples, tagStream } from './hearing';

export * from './common';

/** What a tagger in Node listens to: mono samples between −1 and 1. */
export type Source = AsyncIterable<Float32Array> | MessagePort;

/**
 * Opens a model in Node.
 *
 * @throws Error if the model is missing or damaged, or the backend is not `wasm`.
 */
export async function createTagger(options: TaggerOptions = {}): Promise<Tagger<Source>> {
  const { model: name = SHIPPED_MODEL, backend = 'auto', threshold } = options;
  if (backend !== 'auto' && backend !== 'wasm')
    throw new RangeError(`in Node there is no backend but wasm, not ${backend}`);
  const model = await openModelFolder(modelFolder(name), wasmFolder);
  const { labels, spec } = model;
  return {
    model: model.name,
    backend: 'wasm',
    labels,
    sampleRateHz: spec.sampleRateHz,
    tag: (samples, sampleRateHz) => tagSamples(model, samples, sampleRateHz, threshold),
    async listen(source, { sampleRateHz = spec.sampleRateHz, onWindow, onEvent }: ListenOptions): Promise<Listening> {
      const stopping = new AbortController();
      const samples = untilStopped('postMessage' in source ? arraysOf(source) : source, stopping.signal);
      const ended = tagStream(model, samples, sampleRateHz, threshold, (window, changes) => {
        if (window) onWindow?.(window);
        for (const change of changes) onEvent?.(change);
      });
      // Who does not wait for its end is told of nothing.
      ended.catch(() => undefined);
      return {
        ended,
        async stop() {
          stopping.abort();
          await ended;
        },
      };
    },
    async dispose() {
      model.dispose();
    },
  };
}

/** Samples until listening is stopped, also if none comes any more. */
async function* untilStopped(samples: AsyncIterable<Float32Array>, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const iterator = samples[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), stopped]);
    if (signal.aborted || !next || Array.isArray(next) || next.done) return;
    yield next.value;
  }
}

/** The arrays that arrive at a port, until `null` does. */
async function* arraysOf(port: MessagePort): AsyncGenerator<Float32Array> {
  const waiting: (Float32Array | null)[] = [];
  let wake: () => void = () => undefined;
  port.on('message', (message: Float32Array | null) => {
    waiting.push(message);
    wake();
  });
  try {
    for (;;) {
      const next = waiting.shift();
      if (next === null) return;
      if (next) yield next;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    port.close();
  }
}
