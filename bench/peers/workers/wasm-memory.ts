/**
 * Reports a worker's WASM memory. Chromium's measurement leaves out memory that is not shared with threads, so this
 * records every instance's memory, and answers on a channel. Import it before anything that starts WASM.
 */
import { WASM_MEMORY_CHANNEL, type WasmMemory } from './wasm-memory-channel';

const memories = new Set<WebAssembly.Memory>();

function note(started: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource): void {
  const { exports } = 'instance' in started ? started.instance : started;
  for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
}

for (const name of ['instantiate', 'instantiateStreaming'] as const) {
  const original = WebAssembly[name] as (...sources: unknown[]) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;
  Object.defineProperty(WebAssembly, name, {
    value: async (...sources: unknown[]) => {
      const started = await original(...sources);
      note(started);
      return started;
    },
  });
}

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, [module, imports]) {
    const instance = new target(module, imports);
    note(instance);
    return instance;
  },
});

const channel = new BroadcastChannel(WASM_MEMORY_CHANNEL);
channel.onmessage = ({ data }) => {
  if (data !== 'measure') return;
  const own = [...memories].filter(({ buffer }) => buffer instanceof ArrayBuffer);
  const bytes = own.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  channel.postMessage({ worker: self.name, bytes } satisfies WasmMemory);
};
