import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../unit/support/mosquitto';

const root = join(import.meta.dirname, '../../..');
const program = join(root, '.cache/s3-server/bin/moto_server');

/** Why tests of S3 cannot run here; undefined if they can. */
export const whyNoS3Server: string | undefined = !existsSync(join(root, 'cli/node_modules/@aws-sdk/client-s3'))
  ? 'AWS’s SDK is not installed: npm ci --prefix cli'
  : existsSync(program)
    ? undefined
    : 'NO SERVER OF S3: moto is not installed (`npm test` fetches it from PyPI), so nothing is read from s3://';

/** moto on loopback: it speaks S3, and keeps its objects in memory. */
export class S3Server {
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<S3Server> {
    const server = new S3Server(await freePort());
    await server.start();
    return server;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, also again: empty then. */
  async start(): Promise<void> {
    const child = spawn(program, ['--port', String(this.#port)], { stdio: 'ignore' });
    this.#process = child;
    while (!(await fetch(this.address).catch(() => undefined))) {
      if (child.exitCode !== null) throw new Error('moto did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async makeBucket(bucket: string): Promise<void> {
    await this.#put(bucket, undefined);
  }

  async put(bucket: string, key: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#put(`${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, body);
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async #put(path: string, body: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
    const response = await fetch(`${this.address}/${path}`, { method: 'PUT', body: body ?? null });
    if (!response.ok) throw new Error(`moto: HTTP ${response.status} for ${path}`);
  }
}
