/** Values that programs trip over, of every type that JSON has. */
const oddValues: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  0,
  -1,
  0.5,
  1e9,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
  1e308,
  [],
  {},
  [null],
  'constructor',
  '__proto__',
  '\u0000',
  'ﷺ'.repeat(500),
];

const below = (random: () => number, count: number): number => Math.floor(random() * count);

export function oneOf<T>(random: () => number, values: readonly T[]): T {
  return values[below(random, values.length)] as T;
}

/** Bytes with one to four faults: flipped, overwritten, cut off, cut out, doubled or put in. */
export function mutateBytes(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  let mutated = new Uint8Array(bytes);
  for (let faults = 1 + below(random, 4); faults > 0; faults--) mutated = damage(mutated, random);
  return mutated;
}

function damage(bytes: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) return Uint8Array.of(below(random, 256));
  // Headers lie at the beginnings and ends of files: there the faults fall more often.
  const near = below(random, Math.min(bytes.length, 64));
  const at = oneOf(random, [near, bytes.length - 1 - near, below(random, bytes.length)]);
  const length = 1 + below(random, oneOf(random, [4, 64, bytes.length - at]));
  const before = bytes.subarray(0, at);
  const piece = bytes.subarray(at, at + length);
  const after = bytes.subarray(at + length);
  const join = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));
  const changed = new Uint8Array(bytes);
  switch (below(random, 6)) {
    case 0:
      changed[at] = (changed[at] as number) ^ (1 << below(random, 8));
      return changed;
    case 1:
      return changed.fill(oneOf(random, [0, 0xff, 0x7f, 0x80]), at, at + Math.min(length, 8));
    case 2:
      return join(before);
    case 3:
      return join(before, after);
    case 4:
      return join(before, piece, piece, after);
    default:
      return join(
        before,
        piece.map(() => below(random, 256)),
        piece,
        after,
      );
  }
}

/** JSON with one of its values replaced, removed or repeated; now and then its text is damaged instead. */
export function mutateJson(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  if (random() < 0.15) return mutateBytes(bytes, random);
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return new TextEncoder().encode(JSON.stringify(mutateValue(value, random)));
}

/** Any value with one of its parts replaced by an odd one, removed or repeated. What is not an array or plain object is a part. */
export function mutateValue(value: unknown, random: () => number): unknown {
  const isObject = typeof value === 'object' && value !== null;
  const isTree =
    isObject && (Array.isArray(value) ? value.length > 0 : Object.getPrototypeOf(value) === Object.prototype);
  if (!isTree || random() < 0.1) return oneOf(random, oddValues);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...value];
    const at = below(random, copy.length);
    const way = random();
    if (way < 0.15) copy.splice(at, 1);
    else if (way < 0.3) copy.splice(at, 0, copy[at]);
    else copy[at] = mutateValue(copy[at], random);
    return copy;
  }
  const entries = Object.entries(value as object);
  const [name] = oneOf(random, entries.length > 0 ? entries : [['added', null]]);
  const { [name]: part, ...rest } = value as Record<string, unknown>;
  if (random() < 0.15) return rest;
  return { ...rest, [name]: mutateValue(part, random) };
}
