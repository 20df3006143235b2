import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { UsageError } from '../../../command';
import { onOneLine } from '../../find/path-bytes';
import { isSoundName } from '../../find/sound-names';
import { networkTrouble } from '../../network-trouble';
import type { RemoteFile } from './remote-file';
import { saveStream } from './save-stream';
import { SourceGone } from './source-gone';

/** A server that does not answer for so long is away. */
const ANSWER_MS = 60_000;
/** Sizes that are asked for at the same time. */
const HEADS_AT_ONCE = 16;

export function isWebAddress(place: string): boolean {
  return /^https?:\/\//.test(place);
}

/**
 * The files of a list: an address a line, if it may with a comma or a tab and the size in bytes. Addresses may be
 * relative to the list. The address of a sound is a list of its own.
 */
export async function* listWeb(source: string): AsyncGenerator<RemoteFile> {
  const isSound = isSoundName(addressOf(source).pathname);
  const lines = isSound ? [source] : (await textOf(source)).split(/\r?\n/);
  let waiting: Promise<RemoteFile>[] = [];
  for (const line of lines) {
    const entry = entryOf(line, source);
    if (!entry) continue;
    waiting.push(entry.bytes === undefined ? withSize(entry.path) : Promise.resolve({ ...entry, bytes: entry.bytes }));
    if (waiting.length < HEADS_AT_ONCE) continue;
    yield* await Promise.all(waiting);
    waiting = [];
  }
  yield* await Promise.all(waiting);
}

/** Copies a file from a server. */
export async function fetchFile(path: string, target: string, onBytes: () => void): Promise<number> {
  const answer = await answerOf(path, 'GET');
  if (answer.status === 429 || answer.status >= 500) {
    throw new SourceGone(`${new URL(path).host} answers with ${answer.status}`);
  }
  if (!answer.ok || !answer.body) throw new Error(`cannot be fetched (HTTP ${answer.status})`);
  try {
    return await saveStream(Readable.fromWeb(answer.body as ReadableStream), target, onBytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    // If the server is away, no file is to blame. One that answers, but sends only a part, would do so for ever.
    await answerOf(path, 'HEAD');
    throw new Error('cannot be fetched as a whole: the server ends too early', { cause: error });
  }
}

function entryOf(line: string, source: string): { readonly path: string; readonly bytes?: number } | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const [, address = text, bytes] = /^(.*?)[,\t]\s*(\d+)$/.exec(text) ?? [];
  const path = addressOf(address.trim(), source).href;
  return bytes === undefined ? { path } : { path, bytes: Number(bytes) };
}

/** @throws UsageError for what is no address that a file can be fetched from. */
function addressOf(text: string, list?: string): URL {
  const named = list === undefined ? `“${text}”` : `“${onOneLine(text)}” in ${list}`;
  const url = URL.canParse(text, list) ? new URL(text, list) : undefined;
  if (!url || !isWebAddress(url.href)) {
    throw new UsageError(`${named} is no address that begins with https:// or http://: correct it, and plan again`);
  }
  if (url.username === '' && url.password === '') return url;
  // Everyone who sees the results would see them.
  throw new UsageError(
    `an address on ${url.host} has a name or a password, which a plan must not keep: leave them out`,
  );
}

/** A file whose size the server does not tell gets 0. */
async function withSize(path: string): Promise<RemoteFile> {
  const { ok, headers } = await answerOf(path, 'HEAD');
  return { path, bytes: ok ? Number(headers.get('content-length') ?? 0) : 0 };
}

async function textOf(source: string): Promise<string> {
  const answer = await answerOf(source, 'GET').catch((error: Error) => {
    throw new UsageError(error.message);
  });
  if (!answer.ok) throw new UsageError(`${source} cannot be fetched (HTTP ${answer.status}): look at the address`);
  return answer.text();
}

async function answerOf(path: string, method: string): Promise<Response> {
  const controller = new AbortController();
  // Only the answer's beginning: a long file may take longer.
  const timer = setTimeout(() => controller.abort(new Error('no answer')), ANSWER_MS);
  try {
    return await fetch(path, { method, signal: controller.signal });
  } catch (error) {
    throw goneBecause(path, error);
  } finally {
    clearTimeout(timer);
  }
}

function goneBecause(path: string, error: unknown): SourceGone {
  return new SourceGone(`${new URL(path).host} is out of reach: ${networkTrouble(error)}`, { cause: error });
}
