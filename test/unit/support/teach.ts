import type { TeachParts } from '../../../src/app/teach/teach-parts';
import { StoreWriter } from '../../../src/store/store-writer';

/** The teaching half of an app in a browser that has stored nothing. */
export function emptyTeachParts(): TeachParts {
  const empty = { list: async () => [], labels: async () => [], tidy: async () => {} };
  return {
    database: new EventTarget(),
    writer: new StoreWriter(undefined),
    library: empty as never,
    heads: empty as never,
    embeddings: {} as never,
    setAside: empty as never,
    backup: {} as never,
    storageRoom: async () => undefined,
    play: () => () => {},
    saveFile: () => {},
    chooseZip: async () => undefined,
    unsavedEdit: { load: () => undefined, save: () => {} },
    loadLabelIds: () => import('../../../src/ui/messages/label-ids'),
    lastLabels: { load: () => undefined, save: () => {} },
  };
}
