/** How much storage the browser gives this page. */
export interface StorageRoom {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser has promised to delete nothing unasked. */
  readonly persisted: boolean;
}

/** Undefined if the browser does not tell, as in old browsers and insecure pages. */
export async function storageRoom(
  storage: StorageManager | undefined = navigator.storage,
): Promise<StorageRoom | undefined> {
  if (storage === undefined) return undefined;
  const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  if (usage === undefined || quota === undefined) return undefined;
  return { usedBytes: usage, quotaBytes: quota, persisted };
}

/**
 * Asks the browser to delete nothing when the disk fills up. Some browsers then ask the person.
 *
 * @returns whether it has promised so.
 */
export async function askToPersist(storage: StorageManager | undefined = navigator.storage): Promise<boolean> {
  if (storage === undefined) return false;
  return (await storage.persisted()) || storage.persist();
}
