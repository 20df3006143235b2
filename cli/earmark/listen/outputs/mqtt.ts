import type { MqttClient } from 'mqtt';
import { networkTrouble, printable } from '../../network-trouble';
import type { EventLine } from '../event-line';
import { Complaints } from './complaints';
import { type DiscoveryParts, homeAssistantDiscovery, type LabelTopic, topicsOf } from './home-assistant';
import { Outbox } from './outbox';
import type { Output, Say } from './output';
import type { Spool } from './spool';

/** Waits before a broker that is gone is asked again. */
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/** How long a goodbye may take. */
const GOODBYE_MS = 1000;

/** Answers of a broker that refuses a connection (MQTT 3.1.1). */
const refusals: Readonly<Record<number, string>> = {
  1: 'it does not speak MQTT 3.1.1',
  2: 'it refuses the name of this client; give another one with --node',
  3: 'it is not ready',
  4: 'it refuses the user name or the password; check EARMARK_MQTT_USERNAME and EARMARK_MQTT_PASSWORD',
  5: 'it refuses the user name or the password; check EARMARK_MQTT_USERNAME and EARMARK_MQTT_PASSWORD',
};

export interface MqttParts {
  readonly url: string;
  readonly discovery: DiscoveryParts;
  readonly spool: Spool;
  readonly say: Say;
}

/**
 * Tells an MQTT broker what is heard: whether Earmark is there, which labels sound, and the start and end of every event.
 *
 * Whether a label sounds is a state: after an interruption the present one is sent. Events wait in the spool.
 */
export class MqttOutput implements Output {
  readonly #client: MqttClient;
  readonly #discovery: DiscoveryParts;
  readonly #topics: ReturnType<typeof topicsOf>;
  readonly #complaints: Complaints;
  readonly #outbox: Outbox;
  /** Ids of the events that sound, by label. */
  readonly #sounding = new Map<string, Set<string>>();
  #failures = 0;

  private constructor(client: MqttClient, { url, discovery, spool, say }: MqttParts) {
    this.#client = client;
    this.#discovery = discovery;
    this.#topics = topicsOf(discovery.node);
    this.#complaints = new Complaints(printable(url), say);
    client.on('connect', () => this.#onConnect());
    client.on('error', (error) => this.#complaints.trouble(brokerTrouble(error)));
    client.on('close', () => {
      if (client.disconnecting) return;
      client.options.reconnectPeriod = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)] as number;
      this.#complaints.trouble('the connection was lost', true);
    });
    this.#outbox = new Outbox(spool, { send: (text) => this.#send(text) }, say);
  }

  /** Begins to connect. It goes on trying for ever. */
  static async open(parts: MqttParts): Promise<MqttOutput> {
    const { connect } = await import('mqtt');
    const { EARMARK_MQTT_USERNAME: username, EARMARK_MQTT_PASSWORD: password } = process.env;
    const { status } = topicsOf(parts.discovery.node);
    const client = connect(parts.url, {
      clientId: `earmark-${parts.discovery.node}`,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      protocolVersion: 4,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: WAITS_MS[0],
      reconnectOnConnackError: true,
      queueQoSZero: false,
      will: { topic: status, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    return new MqttOutput(client, parts);
  }

  get waiting(): number {
    return this.#outbox.waiting;
  }

  get dropped(): number {
    return this.#outbox.dropped;
  }

  event(line: EventLine): void {
    if (line.kind === 'update') return;
    // Home Assistant wants to know the kind of an event under this name.
    this.#outbox.add(JSON.stringify({ ...line, event_type: line.kind }));
    const sounding = this.#sounding.get(line.label) ?? new Set();
    this.#sounding.set(line.label, sounding);
    if (line.kind === 'start') sounding.add(line.id);
    else sounding.delete(line.id);
    const label = this.#discovery.labels.find(({ id }) => id === line.label);
    if (label && this.#client.connected) this.#tellState(label);
  }

  /** Says goodbye, so that nobody takes the last states for present ones. */
  async close(): Promise<void> {
    await this.#outbox.close();
    if (this.#client.connected) {
      const said = new Promise<void>((resolve) => {
        this.#client.publish(this.#topics.status, 'offline', { qos: 1, retain: true }, () => resolve());
      });
      await Promise.race([said, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS).unref())]);
    }
    await this.#client.endAsync(!this.#client.connected);
  }

  async #send(text: string): Promise<void> {
    for (;;) {
      while (!this.#client.connected)
        await new Promise<void>((resolve) => this.#client.once('connect', () => resolve()));
      try {
        await this.#client.publishAsync(this.#topics.events, text, { qos: 1 });
        return;
      } catch (error) {
        if (this.#client.disconnecting) throw error;
        this.#complaints.trouble(brokerTrouble(error));
        await new Promise((resolve) => setTimeout(resolve, WAITS_MS[0]).unref());
      }
    }
  }

  #onConnect(): void {
    this.#failures = 0;
    this.#client.options.reconnectPeriod = WAITS_MS[0];
    const { topic, payload } = homeAssistantDiscovery(this.#discovery);
    this.#client.publish(topic, JSON.stringify(payload), { qos: 1, retain: true });
    for (const label of this.#discovery.labels) this.#tellState(label);
    this.#client.publish(this.#topics.status, 'online', { qos: 1, retain: true });
    this.#complaints.well(this.#outbox.waiting);
  }

  #tellState(label: LabelTopic): void {
    const isOn = (this.#sounding.get(label.id)?.size ?? 0) > 0;
    this.#client.publish(this.#topics.label(label), isOn ? 'ON' : 'OFF', { qos: 1, retain: true });
  }
}

function brokerTrouble(error: unknown): string {
  const { code } = error as { code?: unknown };
  return (typeof code === 'number' ? refusals[code] : undefined) ?? networkTrouble(error);
}
