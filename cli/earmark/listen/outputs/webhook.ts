import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { networkTrouble, printable } from '../../network-trouble';
import type { EventLine } from '../event-line';
import { Complaints } from './complaints';
import { Outbox } from './outbox';
import type { Output, Say } from './output';
import type { Spool } from './spool';

/** Waits before a server that did not take an event is asked again. */
const WAITS_MS = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000] as const;

/** How long a server may take to answer. */
const ANSWER_MS = 10_000;

export interface WebhookParts {
  readonly url: string;
  /** Key of the signature; undefined if nothing is signed. */
  readonly secret: string | undefined;
  readonly spool: Spool;
  readonly say: Say;
  /** For tests. */
  readonly waitsMs?: readonly number[];
  readonly answerMs?: number;
}

/** Posts the start and the end of every event to a web server, one after the other, until the server has taken it. */
export class WebhookOutput implements Output {
  readonly #parts: WebhookParts;
  readonly #address: string;
  readonly #authorization: string | undefined;
  readonly #complaints: Complaints;
  readonly #outbox: Outbox;
  readonly #stop = new AbortController();

  constructor(parts: WebhookParts) {
    const url = new URL(parts.url);
    this.#parts = parts;
    // fetch refuses an address with a name and a password.
    this.#address = printable(parts.url);
    if (url.username !== '') {
      const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    }
    this.#complaints = new Complaints(this.#address, parts.say);
    const tell: Say = (sentence) => parts.say(`${this.#address}: ${sentence}`);
    this.#outbox = new Outbox(parts.spool, { send: (text) => this.#send(text) }, tell);
  }

  get waiting(): number {
    return this.#outbox.waiting;
  }

  get dropped(): number {
    return this.#outbox.dropped;
  }

  event(line: EventLine): void {
    if (line.kind !== 'update') this.#outbox.add(JSON.stringify(line));
  }

  async close(): Promise<void> {
    await this.#outbox.close();
    this.#stop.abort();
  }

  async #send(text: string): Promise<void> {
    const waitsMs = this.#parts.waitsMs ?? WAITS_MS;
    for (let failures = 0; ; failures++) {
      const trouble = await this.#post(text).catch((error: unknown) => this.#troubleOf(error));
      if (trouble === undefined) {
        this.#complaints.well(this.#outbox.waiting - 1);
        return;
      }
      this.#complaints.trouble(trouble);
      const waitMs = waitsMs[Math.min(failures, waitsMs.length - 1)] as number;
      await pause(waitMs, undefined, { signal: this.#stop.signal });
    }
  }

  /** @returns why the server did not take it; undefined if it did. */
  async #post(text: string): Promise<string | undefined> {
    const { secret, answerMs = ANSWER_MS } = this.#parts;
    const timestamp = Math.floor(Date.now() / 1000);
    const response = await fetch(this.#address, {
      method: 'POST',
      redirect: 'manual',
      body: text,
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerMs)]),
      headers: {
        'content-type': 'application/json',
        'earmark-timestamp': String(timestamp),
        ...(secret !== undefined && { 'earmark-signature': `sha256=${signature(secret, timestamp, text)}` }),
        ...(this.#authorization !== undefined && { authorization: this.#authorization }),
      },
    });
    await response.body?.cancel();
    return response.ok ? undefined : refusal(response.status);
  }

  /** @throws the error if it is that this output was closed. */
  #troubleOf(error: unknown): string {
    const { answerMs = ANSWER_MS } = this.#parts;
    // The program ends: the event waits for the next run, and the server is not to blame.
    if (this.#stop.signal.aborted) throw error;
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return isLate ? `the server does not answer within ${answerMs / 1000} s` : networkTrouble(error);
  }
}

/** HMAC-SHA256 of time and body, in hexadecimal: whoever has the secret can check that both came from here. */
export function signature(secret: string, timestampSeconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestampSeconds}.${body}`).digest('hex');
}

function refusal(status: number): string {
  if (status === 401 || status === 403) return `the server answers ${status}: it wants other credentials`;
  if (status === 404) return 'the server answers 404: nothing is at this address';
  if (status >= 300 && status < 400)
    return `the server answers ${status}: it is somewhere else; give the address it redirects to`;
  return `the server answers ${status}`;
}
