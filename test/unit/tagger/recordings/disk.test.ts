import { afterEach, expect, it, vi } from 'vitest';
import { LOOKING_LOCK } from '../../../../src/shared/contracts/recordings/recordings-api';
import { copyToDisk } from '../../../../src/tagger/recordings/disk';

const MEGABYTE = 1024 * 1024;

afterEach(() => vi.unstubAllGlobals());

it('copies piece by piece, and none while somebody looks', async () => {
  const log: string[] = [];
  const written = new Uint8Array(2.5 * MEGABYTE);
  const file = {
    write: (bytes: Uint8Array, { at }: { at: number }) => {
      log.push(`write ${bytes.length} at ${at}`);
      written.set(bytes, at);
      return bytes.length;
    },
    truncate: () => undefined,
    flush: () => log.push('flush'),
    close: () => log.push('close'),
  };
  const folder = { getFileHandle: async () => ({ createSyncAccessHandle: async () => file }) };
  let free: () => void = () => undefined;
  const looked = new Promise<void>((resolve) => (free = resolve));
  const request = async (name: string, callback: () => void) => {
    log.push(`wait for ${name}`);
    // Somebody looks after the first piece.
    if (log.length > 2) await looked;
    callback();
  };
  const storage = { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) };
  vi.stubGlobal('navigator', { storage, locks: { request } });
  const bytes = Uint8Array.from(written, (_, i) => i % 251);
  const copied = copyToDisk(new File([bytes], 'a.ogg'), 'copy');
  const wait = `wait for ${LOOKING_LOCK}`;
  const begun = [wait, `write ${MEGABYTE} at 0`, wait];
  await vi.waitFor(() => expect(log).toEqual(begun));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(log).toEqual(begun);
  free();
  await copied;
  const rest = [`write ${MEGABYTE} at ${MEGABYTE}`, wait, `write ${MEGABYTE / 2} at ${2 * MEGABYTE}`, 'flush', 'close'];
  expect(log).toEqual([...begun, ...rest]);
  expect(Buffer.compare(written, bytes)).toBe(0);
});
