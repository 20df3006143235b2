import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { UsageError } from '../../../command';
import { isSoundName } from '../../find/sound-names';
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
  const isSound = isSoundName(new URL(source).pathname);
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
    throw new SourceGone(`${new URL(path).host} answers with ${answer.status}: the work goes on when it is well again`);
  }
  if (!answer.ok || !answer.body) throw new Error(`cannot be fetched (HTTP ${answer.status})`);
  try {
    return await saveStream(Readable.fromWeb(answer.body as ReadableStream), target, onBytes);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? goneBecause(path, error) : error;
  }
}

function entryOf(line: string, source: string): { readonly path: string; readonly bytes?: number } | undefined {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return undefined;
  const [, address = text, bytes] = /^(.*?)[,\t]\s*(\d+)$/.exec(text) ?? [];
  const path = new URL(address.trim(), source).href;
  return bytes === undefined ? { path } : { path, bytes: Number(bytes) };
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
  const { cause, message } = error as Error;
  const why = (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
  return new SourceGone(`${new URL(path).host} does not answer (${why}): the work goes on when it does`, {
    cause: error,
  });
}
