/** The part of Comlink's transfer handlers that is needed. Only the threads' own folders import Comlink. */
export interface TransferHandlers {
  get(name: string): TransferHandler | undefined;
  set(name: string, handler: TransferHandler): unknown;
}

interface TransferHandler {
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  canHandle(value: unknown): value is any;
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  serialize(value: any): [any, Transferable[]];
  // biome-ignore lint/suspicious/noExplicitAny: Comlink's own types.
  deserialize(value: any): any;
}
