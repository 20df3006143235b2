import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

/** Why tests of MQTT cannot run here; undefined where they can. */
export const mosquittoMissing =
  spawnSync('mosquitto', ['-h']).error === undefined
    ? undefined
    : 'NO BROKER: mosquitto is not installed (apt-get install mosquitto), so nothing is sent to an MQTT broker';

/** What a broker asks of its clients. */
export interface BrokerOptions {
  readonly user?: { readonly name: string; readonly password: string };
  /** Speaks TLS with a certificate that it signed itself. */
  readonly tls?: boolean;
}

/** A message that a broker passed on. */
export interface Received {
  readonly topic: string;
  readonly text: string;
  readonly isRetained: boolean;
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** mosquitto on loopback, with a folder of its own. */
export class Mosquitto {
  readonly folder = mkdtempSync(join(tmpdir(), 'mosquitto-'));
  readonly port: number;
  readonly #options: BrokerOptions;
  #process: ChildProcess | undefined;
  readonly #clients: MqttClient[] = [];

  private constructor(port: number, options: BrokerOptions) {
    this.port = port;
    this.#options = options;
    this.#configure();
  }

  static async start(options: BrokerOptions = {}): Promise<Mosquitto> {
    const broker = new Mosquitto(await freePort(), options);
    await broker.run();
    return broker;
  }

  get url(): string {
    return `${this.#options.tls ? 'mqtts' : 'mqtt'}://localhost:${this.port}`;
  }

  get certificate(): string {
    return join(this.folder, 'cert.pem');
  }

  /** Starts it, also again. */
  async run(): Promise<void> {
    const broker = spawn('mosquitto', ['-c', join(this.folder, 'mosquitto.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = broker;
    let said = '';
    broker.stderr.on('data', (data) => {
      said += data;
    });
    for (;;) {
      if (/mosquitto version .* running/.test(said)) return;
      if (broker.exitCode !== null) throw new Error(`mosquitto ended: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const broker = this.#process as ChildProcess;
    broker.kill('SIGKILL');
    if (broker.exitCode === null && broker.signalCode === null) await once(broker, 'exit');
  }

  /** Collects all messages from now on, and the retained ones. */
  async listen(topic = '#', options: IClientOptions = {}): Promise<Received[]> {
    const received: Received[] = [];
    const client = await connectAsync(this.url, { reconnectPeriod: 100, ...options });
    this.#clients.push(client);
    client.on('message', (from, payload, { retain }) => {
      received.push({ topic: from, text: payload.toString(), isRetained: retain });
    });
    await client.subscribeAsync(topic, { qos: 1 });
    return received;
  }

  async remove(): Promise<void> {
    for (const client of this.#clients) await client.endAsync(true);
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  #configure(): void {
    const { user, tls } = this.#options;
    const lines = [`listener ${this.port} 127.0.0.1`, 'log_type all', 'log_dest stderr', 'persistence false'];
    if (process.getuid?.() === 0) lines.push('user root');
    if (user) {
      const file = join(this.folder, 'passwords');
      execFileSync('mosquitto_passwd', ['-c', '-b', file, user.name, user.password], { stdio: 'ignore' });
      chmodSync(file, 0o600);
      lines.push(`password_file ${file}`);
    }
    lines.push(`allow_anonymous ${user === undefined}`);
    if (tls) {
      const key = join(this.folder, 'key.pem');
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
      const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key];
      execFileSync('openssl', [...options, '-out', this.certificate, ...subject], { stdio: 'ignore' });
      lines.push(`certfile ${this.certificate}`, `keyfile ${key}`);
    }
    writeFileSync(join(this.folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  }
}
