import type { Redis } from 'ioredis';
import { redisFacts, redisSentence, requireUsable, shownAddress } from './redis-address';

const CONNECT_MS = 10_000;
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
    connectTimeout: CONNECT_MS,
    // The first time somebody waits for the answer; later, Redis may have been started anew.
    retryStrategy: (attempt) => (isOpen ? Math.min(100 * attempt, LONGEST_WAIT_MS) : null),
  });
  client.on('error', (error) => {
    first ??= error;
  });
  try {
    await client.connect();
    const facts = redisFacts(await client.info());
    requireUsable(facts, shown);
    if (!facts.isKeptOnDisk) {
      console.error(
        `earmark: Redis at ${shown} keeps its jobs in memory only: set \`appendonly yes\` in its configuration; if they are lost, plan again`,
      );
    }
  } catch (error) {
    client.disconnect();
    const cause = first ?? (error as Error);
    throw cause === first ? new Error(redisSentence(cause, shown), { cause }) : error;
  }
  isOpen = true;
  return { client, shown };
}
