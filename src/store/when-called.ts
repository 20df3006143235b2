/** An object whose every method returns a promise. */
type Answering<T> = { readonly [Method in keyof T]: (...values: never[]) => Promise<unknown> };

/**
 * An object that is created on the first call of one of its methods: the first paint does not need its code. If
 * creation fails, the call fails, and the next one tries again.
 */
export function whenCalled<T extends Answering<T>>(make: () => Promise<T>): T {
  let made: Promise<T> | undefined;
  const call = async (method: keyof T, values: never[]): Promise<unknown> => {
    made ??= make();
    made.catch(() => {
      made = undefined;
    });
    return (await made)[method](...values);
  };
  return new Proxy({} as T, {
    get:
      (_, method) =>
      (...values: never[]) =>
        call(method as keyof T, values),
  });
}
