import { UsageError } from '../../../command';

/** Where an address with its password can be given without anyone seeing it in the list of processes. */
export const ADDRESS_VARIABLE = 'EARMARK_QUEUE';

/** An address for people and files: without its password. @throws UsageError if it is none of Redis. */
export function shownAddress(address: string): string {
  if (URL.canParse(address)) {
    const url = new URL(address);
    const isOfRedis = url.protocol === 'redis:' || url.protocol === 'rediss:';
    // The path is the number of a database.
    if (isOfRedis && /^\/?\d*$/.test(url.pathname)) {
      url.password = '';
      return url.href;
    }
  }
  throw new UsageError(
    `--queue needs an address such as redis://localhost:6379, not “${address.replace(/\/\/[^/@]*@/, '//')}”`,
  );
}

/** What the server says of itself, where it matters here. */
export interface RedisFacts {
  readonly version: string;
  readonly isKeptOnDisk: boolean;
  readonly mayEvict: boolean;
  readonly policy: string;
}

/** Reads the answer to INFO. */
export function redisFacts(info: string): RedisFacts {
  const value = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const policy = value('maxmemory_policy');
  return {
    version: value('redis_version'),
    isKeptOnDisk: value('aof_enabled') === '1',
    mayEvict: policy !== 'noeviction',
    policy,
  };
}

/** BullMQ recommends it. */
const OLDEST = [6, 2];

/** @throws Error with what to do if jobs could be lost there without a sign. */
export function requireUsable({ version, mayEvict, policy }: RedisFacts, shown: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new Error(`Redis at ${shown} is version ${version}: install ${OLDEST.join('.')} or a later one`);
  }
  if (mayEvict) {
    throw new Error(
      `Redis at ${shown} throws jobs away when its memory is full (maxmemory-policy ${policy}): set \`maxmemory-policy noeviction\` in its configuration`,
    );
  }
}

/** What to do about an error of Redis, as a sentence. */
export function redisSentence(error: Error, shown: string): string {
  const { message } = error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (/WRONGPASS|NOAUTH|invalid password|without any password configured|AUTH/.test(message)) {
    return `Redis at ${shown} does not accept the password: give the right one in --queue redis://:PASSWORD@HOST or in ${ADDRESS_VARIABLE}`;
  }
  if (/^OOM/.test(message)) {
    return `the memory of Redis at ${shown} is full: raise its maxmemory; nothing is lost`;
  }
  if (/DB index is out of range/.test(message)) {
    return `Redis at ${shown} has no database with that number: leave it away, or raise \`databases\` in its configuration`;
  }
  if (/^NOPERM/.test(message)) {
    return `Redis at ${shown} forbids this user what jobs need (${message}): give it all rights, such as \`ACL SETUSER name allkeys allchannels +@all\``;
  }
  if (/^READONLY/.test(message))
    return `Redis at ${shown} is a copy that cannot be changed: give the address of its original`;
  if (/^(MOVED|CROSSSLOT|CLUSTERDOWN)/.test(message)) {
    return `Redis at ${shown} is part of a cluster: give one that stands alone`;
  }
  if (/^Protocol error/.test(message)) return `what answers at ${shown} is no Redis: give another --queue`;
  if (/MISCONF|NOSPC|No space left/.test(message)) {
    return `Redis at ${shown} cannot write to its disk: free some space there; nothing is lost`;
  }
  if (/LOADING/.test(message)) return `Redis at ${shown} still reads its file: it will answer soon`;
  if (/renew lock|Missing (lock|key) for job|Lock mismatch for job/.test(message)) {
    return `this machine was too busy to answer Redis at ${shown} for 10 s, and another worker may have got the same file: nothing is lost; fewer --jobs help`;
  }
  const isAway = /^(E[A-Z]+)$/.test(code) || /Connection is closed|connect|ECONN|ETIMEDOUT/i.test(message);
  if (isAway) {
    const tls = shown.startsWith('rediss:') ? '; without TLS, its address begins with redis://' : '';
    return `Redis at ${shown} does not answer${code === '' ? '' : ` (${code})`}: start it, for example with \`redis-server --appendonly yes\`, or give another --queue${tls}`;
  }
  return `Redis at ${shown}: ${message}`;
}
