import { expect, it } from 'vitest';
import { StoreWriter } from '../../../src/store/store-writer';

it('does not wait for locks that the browser refuses', async () => {
  const request = async (): Promise<never> => {
    throw new DOMException('Access to the Locks API is denied in this context.', 'SecurityError');
  };
  const writer = new StoreWriter({ request } as unknown as LockManager);
  expect(await writer.mayWrite()).toBe(true);
});
