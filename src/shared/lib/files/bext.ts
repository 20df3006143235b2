/** Adds to WAV files when they begin: the `bext` chunk of Broadcast Wave (EBU Tech 3285). */

const CHUNK_BYTES = 602;
const HEADER_BYTES = 8;
/** Where a file's first chunk begins. */
const FIRST_CHUNK = 12;
const RIFF_SIZE = 4;
const DAY_MS = 86_400_000;

/** Offsets in the chunk. */
const ORIGINATOR = 256;
const DATE = 320;
const TIME = 330;
const TIME_REFERENCE = 338;

/**
 * The same sound with its start.
 *
 * @param localMs what the clock of the place showed, in milliseconds since the epoch as if it were UTC.
 */
export function withStartTime(wav: ArrayBuffer, localMs: number, sampleRateHz: number): ArrayBuffer {
  const added = HEADER_BYTES + CHUNK_BYTES;
  const bytes = new Uint8Array(wav.byteLength + added);
  bytes.set(new Uint8Array(wav, 0, FIRST_CHUNK));
  bytes.set(new Uint8Array(wav, FIRST_CHUNK), FIRST_CHUNK + added);
  const view = new DataView(bytes.buffer);
  view.setUint32(RIFF_SIZE, view.getUint32(RIFF_SIZE, true) + added, true);
  const write = (offset: number, text: string): void => bytes.set(new TextEncoder().encode(text), offset);
  write(FIRST_CHUNK, 'bext');
  view.setUint32(FIRST_CHUNK + 4, CHUNK_BYTES, true);
  const chunk = FIRST_CHUNK + HEADER_BYTES;
  const iso = new Date(localMs).toISOString();
  write(chunk + ORIGINATOR, 'Earmark');
  write(chunk + DATE, iso.slice(0, 10));
  write(chunk + TIME, iso.slice(11, 19));
  const sinceMidnightMs = ((localMs % DAY_MS) + DAY_MS) % DAY_MS;
  view.setBigUint64(chunk + TIME_REFERENCE, BigInt(Math.round((sinceMidnightMs * sampleRateHz) / 1000)), true);
  return bytes.buffer;
}
