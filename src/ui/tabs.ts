/** The page's views, by the address behind `#`. */
export const tabs = ['listen', 'teach'] as const;

export type TabId = (typeof tabs)[number];

/** The view that an address names; the first where it names none. */
export function tabOf(hash: string): TabId {
  return tabs.find((id) => `#${id}` === hash) ?? 'listen';
}
