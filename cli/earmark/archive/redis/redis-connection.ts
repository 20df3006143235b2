import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { redisFacts, redisSentence, requireUsable, shownAddress } from './redis-address';

/** How long a server may take to answer for the first time. */
const ANSWER_MS = 10_000;
const LONGEST_WAIT_MS = 2000;

/** An open connection, which comes back by itself when Redis does. */
export interface RedisConnection {
  readonly client: Redis;
  readonly shown: string;
}

/**
 * Connects to a Redis that jobs can be entrusted to.
 *
 * @throws Error with what to do if it does not answer, refuses the password, is old, or may throw jobs away.
 */
export async function connectToRedis(address: string): Promise<RedisConnection> {
  const shown = shownAddress(address);
  const { Redis } = await import('ioredis');
  let isOpen = false;
  let first: Error | undefined;
  const client = new Redis(address, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: ANSWER_MS,
    // The first time somebody waits for the answer; later, Redis may have been started anew.
    retryStrategy: (attempt) => (isOpen ? Math.min(100 * attempt, LONGEST_WAIT_MS) : null),
  });
  client.on('error', (error) => {
    first ??= error;
  });
  try {
    const info = await infoOf(client).catch((error: Error) => {
      first ??= error;
      return '';
    });
    // Of a database that is not there, only an error tells, and another one is used.
    if (first !== undefined) throw new Error(redisSentence(first, shown), { cause: first });
    const facts = redisFacts(info);
    requireUsable(facts, shown);
    if (!facts.isKeptOnDisk) {
      console.error(
        `earmark: Redis at ${shown} keeps its jobs in memory only: set \`appendonly yes\` in its configuration; if they are lost, plan again`,
      );
    }
  } catch (error) {
    client.disconnect();
    throw error;
  }
  isOpen = true;
  return { client, shown };
}

/** Connects, and asks the server about itself. @throws Error, also if it takes the connection and says nothing. */
async function infoOf(client: Redis): Promise<string> {
  const late = new AbortController();
  const answer = client.connect().then(() => client.info());
  const silence = delay(ANSWER_MS, undefined, { signal: late.signal }).then(() => {
    throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  });
  return Promise.race([answer, silence]).finally(() => late.abort());
}
