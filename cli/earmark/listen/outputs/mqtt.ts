import { randomUUID } from 'node:crypto';
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
  2: 'it refuses the name of this client; give a shorter one with --node',
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
 *
 * Two listeners of one name, on two machines, both stay connected: each has a client id of its own, for a broker ends the
 * older one of two that share one. They find each other by these ids on a topic, and both say so. “offline” from another
 * one, or from the last will of an earlier run, is contradicted by whoever is there.
 */
export class MqttOutput implements Output {
  readonly #client: MqttClient;
  readonly #discovery: DiscoveryParts;
  readonly #topics: ReturnType<typeof topicsOf>;
  readonly #complaints: Complaints;
  readonly #outbox: Outbox;
  /** Says a sentence about the broker. */
  readonly #tell: Say;
  /** Client ids of other listeners that have the same name. */
  readonly #namesakes = new Set<string>();
  /** Ids of the events that sound, by label. */
  readonly #sounding = new Map<string, Set<string>>();
  #failures = 0;
  #isClosed = false;

  private constructor(client: MqttClient, { url, discovery, spool, say }: MqttParts) {
    this.#client = client;
    this.#discovery = discovery;
    this.#topics = topicsOf(discovery.node);
    const about = printable(url);
    this.#tell = (sentence) => say(`${about}: ${sentence}`);
    this.#complaints = new Complaints(about, say);
    client.on('connect', () => this.#onConnect());
    client.on('message', (topic, payload, { retain }) => {
      if (!retain) this.#onMessage(topic, payload.toString());
    });
    client.on('error', (error) => this.#complaints.trouble(brokerTrouble(error)));
    client.on('close', () => {
      if (client.disconnecting) return;
      client.options.reconnectPeriod = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)] as number;
      this.#complaints.trouble('the connection was lost', true);
    });
    this.#outbox = new Outbox(spool, { send: (text) => this.#send(text) }, this.#tell);
  }

  /** Begins to connect. It goes on trying for ever. */
  static async open(parts: MqttParts): Promise<MqttOutput> {
    const { connect } = await import('mqtt');
    const { EARMARK_MQTT_USERNAME: username, EARMARK_MQTT_PASSWORD: password } = process.env;
    const { status } = topicsOf(parts.discovery.node);
    const client = connect(parts.url, {
      clientId: `earmark-${parts.discovery.node}-${randomUUID().slice(0, 8)}`,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      protocolVersion: 4,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: WAITS_MS[0],
      reconnectOnConnackError: true,
      resubscribe: false,
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
    this.#isClosed = true;
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
    // A broker that forbids it only keeps this listener from noticing another one of its name.
    this.#client.subscribe([this.#topics.status, this.#topics.listener]);
    const { topic, payload } = homeAssistantDiscovery(this.#discovery);
    this.#client.publish(topic, JSON.stringify(payload), { qos: 1, retain: true });
    for (const label of this.#discovery.labels) this.#tellState(label);
    this.#tellPresence();
    this.#tellId();
    this.#complaints.well(this.#outbox.waiting);
  }

  #onMessage(topic: string, text: string): void {
    if (this.#isClosed) return;
    if (topic === this.#topics.status) {
      if (text === 'offline') this.#tellPresence();
    } else if (text !== this.#client.options.clientId && !this.#namesakes.has(text)) {
      this.#namesakes.add(text);
      this.#tell(
        `another listener is named “${this.#discovery.node}” too, and Home Assistant takes both for one; give one of them another name with --node`,
      );
      this.#tellId();
    }
  }

  #tellPresence(): void {
    this.#client.publish(this.#topics.status, 'online', { qos: 1, retain: true });
  }

  /** Lets other listeners of this name know that they are not alone. */
  #tellId(): void {
    this.#client.publish(this.#topics.listener, this.#client.options.clientId as string, { qos: 1 });
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
