/** The page's views, by the address after `#/`. */
export const tabs = ['listen', 'diary', 'recordings', 'teach', 'models', 'settings'] as const;

export type TabId = (typeof tabs)[number];

/** Whether this is the name of a view. */
export function isTab(name: string): name is TabId {
  return (tabs as readonly string[]).includes(name);
}

/** The view that an address names, or the first one. */
export function tabOf(hash: string): TabId {
  return tabs.find((id) => `${hash}/`.startsWith(`${addressOf(id)}/`)) ?? 'listen';
}

/** The address of a view within the page. */
export function addressOf(tab: TabId): string {
  return `#/${tab}`;
}

/** An id from an address. One that was not encoded as addresses are stays as it is: nothing has that id. */
export function idFrom(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** The address of the proof within Teach. */
export const PROOF_ADDRESS = '#/teach/proof';
