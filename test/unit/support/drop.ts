/** A file, or a folder with what is in it. */
export type Tree = File | { readonly name: string; readonly children: readonly Tree[] };

/** A folder that is dropped. */
export const folder = (name: string, ...children: Tree[]): Tree => ({ name, children });

/** An entry as browsers hand it out: children come in pieces, the last of which is empty. */
export function entryOf(tree: Tree): FileSystemEntry {
  if (tree instanceof File) {
    const file = (resolve: (file: File) => void) => resolve(tree);
    return { name: tree.name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = tree.children.map(entryOf);
    return { readEntries: (resolve: (entries: FileSystemEntry[]) => void) => resolve(left.splice(0, 100)) };
  };
  return { name: tree.name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

/** What a drop event brings; empty once its handler has waited, as in browsers. */
export function drop(...trees: Tree[]): DataTransferItemList {
  const items = trees.map((tree) => ({ webkitGetAsEntry: () => entryOf(tree) }));
  queueMicrotask(() => items.splice(0));
  return items as unknown as DataTransferItemList;
}
