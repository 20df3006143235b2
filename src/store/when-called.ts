/** Something whose every method answers with a promise. */
type Answering<T> = { readonly [Method in keyof T]: (...values: never[]) => Promise<unknown> };

/**
 * An object that is made when one of its methods is called for the first time: the first paint does without its code.
 * Until it could be made, calls fail, and the next one tries again.
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
