import { open } from 'node:fs/promises';
import type { Moment } from '../../../src/events/sounding';
import type { ArchiveFolder } from './archive-folder';
import type { PartFacts } from './cut';

const NUMBER_BYTES = 8;
const PROBABILITY_BYTES = 4;
/** Windows that are read at once. */
const WINDOWS_AT_ONCE = 1024;

/**
 * Keeps what was heard in a part: first every window (its end, its level, its probabilities), then the facts as JSON,
 * then their length.
 */
export async function writePart(
  folder: ArchiveFolder,
  target: string,
  heard: AsyncGenerator<readonly Moment[], PartFacts>,
): Promise<PartFacts> {
  let facts: PartFacts | undefined;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { value, done } = await heard.next();
      if (done) {
        facts = value;
        const text = Buffer.from(JSON.stringify(value));
        const length = Buffer.alloc(4);
        length.writeUInt32LE(text.length);
        yield Buffer.concat([text, length]);
        return;
      }
      yield Buffer.concat(value.map(momentBytes));
    }
  }
  await folder.writeDurably(target, pieces());
  return facts as PartFacts;
}

function momentBytes({ windowEndSeconds, levelDb, probabilities }: Moment): Buffer {
  const numbers = Buffer.alloc(2 * NUMBER_BYTES);
  numbers.writeDoubleLE(windowEndSeconds, 0);
  numbers.writeDoubleLE(levelDb, NUMBER_BYTES);
  return Buffer.concat([numbers, new Uint8Array(Float32Array.from(probabilities).buffer)]);
}

/** Reads a part, window by window. @returns its facts. */
export async function* readPart(path: string, labels: number): AsyncGenerator<Moment[], PartFacts> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (start: number, end: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    };
    const factsBytes = (await read(size - 4, size)).readUInt32LE();
    const end = size - 4 - factsBytes;
    const windowBytes = 2 * NUMBER_BYTES + PROBABILITY_BYTES * labels;
    for (let at = 0; at < end; at += WINDOWS_AT_ONCE * windowBytes) {
      yield momentsIn(await read(at, Math.min(end, at + WINDOWS_AT_ONCE * windowBytes)), windowBytes);
    }
    return JSON.parse((await read(end, size - 4)).toString()) as PartFacts;
  } finally {
    await file.close();
  }
}

function momentsIn(bytes: Buffer, windowBytes: number): Moment[] {
  return Array.from({ length: bytes.length / windowBytes }, (_, i) => {
    const start = i * windowBytes;
    const probabilities = bytes.buffer.slice(
      bytes.byteOffset + start + 2 * NUMBER_BYTES,
      bytes.byteOffset + start + windowBytes,
    );
    return {
      windowEndSeconds: bytes.readDoubleLE(start),
      levelDb: bytes.readDoubleLE(start + NUMBER_BYTES),
      probabilities: new Float32Array(probabilities),
    };
  });
}
