/** How much room the browser gives this page. */
export interface StorageRoom {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser has promised to delete nothing without being told to. */
  readonly persisted: boolean;
}

/** Undefined where the browser does not tell: old ones, and pages that are not secure. */
export async function storageRoom(
  storage: StorageManager | undefined = navigator.storage,
): Promise<StorageRoom | undefined> {
  if (storage === undefined) return undefined;
  const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  if (usage === undefined || quota === undefined) return undefined;
  return { usedBytes: usage, quotaBytes: quota, persisted };
}

/**
 * Asks the browser to delete nothing when the disk fills up; some browsers then ask the person.
 *
 * @returns whether it has promised so.
 */
export async function askToPersist(storage: StorageManager | undefined = navigator.storage): Promise<boolean> {
  if (storage === undefined) return false;
  return (await storage.persisted()) || storage.persist();
}
