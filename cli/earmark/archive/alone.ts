import { UsageError } from '../../command';
import { takeLock } from '../process-lock';

/**
 * Does something that only one process may do in a folder at a time.
 *
 * @param doing what it does, for the sentence to the other one, such as `plans`. @throws UsageError if another does it.
 */
export async function alone<T>(lockFile: string, doing: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(lockFile, {
    refusal: ({ pid, host }) =>
      new UsageError(`another process ${doing} here (process ${pid} of ${host}): wait for it`),
    onWait: ({ pid, host }, seconds) =>
      console.error(`earmark: waiting up to ${seconds} s: process ${pid} of ${host} ${doing} here, or was killed`),
  });
  return work().finally(() => lock.release());
}
