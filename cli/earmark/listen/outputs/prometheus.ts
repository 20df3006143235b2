import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { UsageError } from '../../../command';
import type { EventLine } from '../event-line';
import type { HeardWindow, Output } from './output';

/** Over how long the rate of tags is measured. */
const RATE_MS = 10_000;

/** What waits to be sent to somewhere. */
export interface Queue {
  readonly name: string;
  readonly waiting: number;
  readonly dropped: number;
}

export interface PrometheusParts {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly model: string;
  readonly node: string;
  /** Length of a hop: the unit in which lost sound is counted. */
  readonly hopSeconds: number;
  readonly queues: readonly Queue[];
  nowMs(): number;
}

/** Serves figures about the listening to Prometheus, at `/metrics`. */
export class PrometheusOutput implements Output {
  readonly #parts: PrometheusParts;
  readonly #server: Server;
  readonly #events = new Map<string, { count: number; lastSeconds: number }>();
  /** When the newest windows were computed. */
  #tagTimes: number[] = [];
  #tags = 0;
  #levelDb = Number.NaN;
  #lostHops = 0;
  #interruptions = 0;

  private constructor(parts: PrometheusParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      const isMetrics = request.url?.split('?')[0] === '/metrics';
      response.writeHead(isMetrics ? 200 : 404, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(isMetrics ? this.text() : 'The figures are at /metrics.\n');
    });
  }

  /** @throws UsageError if the port cannot be had. */
  static async open(parts: PrometheusParts): Promise<PrometheusOutput> {
    const output = new PrometheusOutput(parts);
    const { host, port } = parts;
    try {
      output.#server.listen(port, host);
      await once(output.#server, 'listening');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code === 'EADDRINUSE' ? 'another program has this port' : message;
      throw new UsageError(`figures cannot be served at ${host}:${port}: ${why}; give another port with --prometheus`);
    }
    // It keeps no program alive whose source has ended.
    output.#server.unref();
    return output;
  }

  event({ kind, label, start }: EventLine): void {
    if (kind !== 'start') return;
    const { count } = this.#events.get(label) ?? { count: 0 };
    this.#events.set(label, { count: count + 1, lastSeconds: Date.parse(start) / 1000 });
  }

  window({ levelDb }: HeardWindow): void {
    const nowMs = this.#parts.nowMs();
    this.#tags += 1;
    this.#levelDb = levelDb;
    this.#tagTimes.push(nowMs);
    this.#forget(nowMs);
  }

  lost(seconds: number): void {
    this.#interruptions += 1;
    this.#lostHops += Math.round(seconds / this.#parts.hopSeconds);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The figures, in Prometheus’s text format. */
  text(): string {
    const { version, model, node, queues } = this.#parts;
    this.#forget(this.#parts.nowMs());
    const events = [...this.#events];
    return [
      ...metric('earmark_info', 'gauge', 'Version, model and name of this listener.', [[{ version, model, node }, 1]]),
      ...metric('earmark_tags_total', 'counter', 'Windows that were tagged.', [[{}, this.#tags]]),
      ...metric('earmark_tags_per_second', 'gauge', 'Windows tagged per second, over ten seconds.', [
        [{}, this.#tagTimes.length / (RATE_MS / 1000)],
      ]),
      ...metric('earmark_dropped_hops_total', 'counter', 'Hops of sound that were lost.', [[{}, this.#lostHops]]),
      ...metric('earmark_interruptions_total', 'counter', 'How often sound was lost.', [[{}, this.#interruptions]]),
      ...metric('earmark_level_dbfs', 'gauge', 'Level of the newest window, in dB of full scale.', [
        [{}, this.#levelDb],
      ]),
      ...metric(
        'earmark_events_total',
        'counter',
        'Events that have begun.',
        events.map(([label, { count }]) => [{ label }, count]),
      ),
      ...metric(
        'earmark_last_event_timestamp_seconds',
        'gauge',
        'When the newest event began.',
        events.map(([label, { lastSeconds }]) => [{ label }, lastSeconds]),
      ),
      ...metric(
        'earmark_waiting_events',
        'gauge',
        'Events that wait to be sent.',
        queues.map(({ name, waiting }) => [{ to: name }, waiting]),
      ),
      ...metric(
        'earmark_dropped_events_total',
        'counter',
        'Events that were dropped because too many waited.',
        queues.map(({ name, dropped }) => [{ to: name }, dropped]),
      ),
      '',
    ].join('\n');
  }

  #forget(nowMs: number): void {
    while (this.#tagTimes[0] !== undefined && this.#tagTimes[0] <= nowMs - RATE_MS) this.#tagTimes.shift();
  }
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labelText(labels)} ${numberText(value)}`),
  ];
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** As Go writes numbers. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
