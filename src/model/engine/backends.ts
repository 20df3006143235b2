import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../shared/contracts/backend';
import type { ModelFolder } from '../folder/model-folder';
import { type BackendDriver, BackendUnavailable } from './backend-choice';
import { NetworkModel } from './loaded-model';
import { registerColumnKernels } from './wasm/column-kernels';
import { registerCombineColumns } from './wasm/combine-columns';
import { registerConvolution } from './wasm/convolution';
import { registerLayerKernels } from './wasm/layer-kernels';
import { registerSqueezeExcite } from './wasm/squeeze-excite';
import { registerWinograd } from './wasm/winograd';

/** Where the three binaries of the WASM backend are, by file name; or a folder, ending in `/`. */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** Software renderers, by a part of the name that their adapter or context reports. */
const softwareRenderers = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/**
 * Imports a backend's package, which registers it with TensorFlow.js. Each package is fetched only when it is tried.
 */
async function register(backend: BackendName, wasmPaths: WasmPaths): Promise<void> {
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (backend === 'webgl') await import('@tensorflow/tfjs-backend-webgl');
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(wasmPaths);
    registerColumnKernels();
    registerLayerKernels();
    registerCombineColumns();
    registerConvolution();
    registerSqueezeExcite();
    registerWinograd();
    // The threaded build always starts eight workers at once, and a stride is too small to divide.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
}

/** What WebGPU reports about an adapter. TensorFlow.js's type package is older and lacks it. */
interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

async function webgpuSoftwareRenderer(): Promise<string | undefined> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new BackendUnavailable('no-adapter');
  const { vendor, architecture, device, description, isFallbackAdapter } = (adapter as unknown as { info: AdapterInfo })
    .info;
  const name = [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
  return isFallbackAdapter || softwareRenderers.test(name) ? name || 'a fallback adapter' : undefined;
}

function webglSoftwareRenderer(): string | undefined {
  const context = globalThis.OffscreenCanvas && new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) throw new BackendUnavailable('no-webgl2');
  const debugInfo = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(debugInfo?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return softwareRenderers.test(name) ? name : undefined;
}

/**
 * The real machine: starts TensorFlow.js backends and puts `folder`'s model on them.
 *
 * @param folder may still be on its way: a backend is fetched and started meanwhile.
 */
export function backendDriver(
  folder: ModelFolder | Promise<ModelFolder>,
  wasmPaths: WasmPaths,
): BackendDriver<NetworkModel> {
  return {
    async softwareRenderer(backend) {
      if (backend === 'webgpu') return webgpuSoftwareRenderer();
      if (backend === 'webgl') return webglSoftwareRenderer();
      return undefined;
    },
    async start(backend) {
      await register(backend, wasmPaths);
      if (!(await tf.setBackend(backend))) throw new BackendUnavailable('not-started');
      await tf.ready();
      return NetworkModel.create(await folder);
    },
  };
}

/** What the graphics backends expose of their device. */
interface GraphicsBackend {
  readonly device?: { readonly lost: Promise<{ readonly reason?: string; readonly message: string }> };
  getGPGPUContext?(): { readonly gl: { readonly canvas: EventTarget } };
}

/**
 * Resolves with what is known about it once the active backend's graphics device is lost: a driver was updated, a
 * laptop switched its graphics card, or the browser ended its graphics process. A lost WebGL context raises no error;
 * it computes zeros.
 *
 * Never resolves for a backend without a device.
 */
export async function deviceLost(): Promise<string> {
  const { device, getGPGPUContext } = tf.backend() as unknown as GraphicsBackend;
  if (device) {
    const { reason, message } = await device.lost;
    return message || reason || '';
  }
  return new Promise((resolve) => {
    const canvas = getGPGPUContext?.call(tf.backend()).gl.canvas;
    canvas?.addEventListener('webglcontextlost', () => resolve('WebGL context lost'));
  });
}

/** Buffers that the active backend holds, for leak tests; 0 while none is started. */
export function tensorCount(): number {
  return tf.getBackend() ? tf.backend().numDataIds() : 0;
}
