import type { SoundEvent } from '../../../shared/contracts/sound-event';

/** An event without its embedding. */
export type EventDetails = Omit<SoundEvent, 'embedding'>;

/** What few events of a block differ in. */
type Shared = Pick<
  EventDetails,
  'label' | 'labelName' | 'timeZone' | 'utcOffsetMinutes' | 'model' | 'head' | 'source' | 'backbone'
>;

/** What most events do not have. */
type Rare = Pick<EventDetails, 'verdict' | 'note' | 'clip' | 'continues'>;

const numberNames = [
  'startMs',
  'endMs',
  'peakProbability',
  'meanProbability',
  'peakLevelDb',
  'threshold',
] as const satisfies readonly (keyof EventDetails)[];

type Numbers = { [Name in (typeof numberNames)[number]]: Float64Array };

/** Everything about the events of a block but their embeddings, by ascending keys: a tenth of their rows' size. */
export interface StoredDetails extends Readonly<Numbers> {
  readonly keys: Uint32Array;
  readonly ids: readonly string[];
  /** By place: an index in `shared`. */
  readonly sharedAt: Uint16Array;
  readonly shared: readonly Shared[];
  /** By place. */
  readonly rare: ReadonlyMap<number, Rare>;
}

/** Packs events. @param events by ascending keys. */
export function packDetails(events: ReadonlyMap<number, EventDetails>): StoredDetails {
  const { size } = events;
  const numbers = Object.fromEntries(numberNames.map((name) => [name, new Float64Array(size)])) as Numbers;
  const [keys, ids, sharedAt] = [new Uint32Array(size), new Array<string>(size), new Uint16Array(size)];
  const shared = new Map<string, { readonly index: number; readonly value: Shared }>();
  const rare = new Map<number, Rare>();
  let place = 0;
  for (const [key, event] of events) {
    keys[place] = key;
    ids[place] = event.id;
    for (const name of numberNames) numbers[name][place] = event[name];
    const value = sharedOf(event);
    const text = JSON.stringify(value);
    const known = shared.get(text) ?? { index: shared.size, value };
    shared.set(text, known);
    sharedAt[place] = known.index;
    const own = rareOf(event);
    if (own) rare.set(place, own);
    place++;
  }
  return { ...numbers, keys, ids, sharedAt, shared: [...shared.values()].map(({ value }) => value), rare };
}

/** The event with a key; undefined if the block has none. */
export function detailsAt(stored: StoredDetails, key: number): EventDetails | undefined {
  const place = placeOf(stored, key);
  if (place === undefined) return undefined;
  return {
    id: stored.ids[place] as string,
    startMs: stored.startMs[place] as number,
    endMs: stored.endMs[place] as number,
    peakProbability: stored.peakProbability[place] as number,
    meanProbability: stored.meanProbability[place] as number,
    peakLevelDb: stored.peakLevelDb[place] as number,
    threshold: stored.threshold[place] as number,
    ...(stored.shared[stored.sharedAt[place] as number] as Shared),
    ...stored.rare.get(place),
  };
}

/** The same with some events changed or added. @param changes by key; undefined: the event was deleted. */
export function changedDetails(
  stored: StoredDetails,
  changes: ReadonlyMap<number, EventDetails | undefined>,
): StoredDetails {
  return withRare(stored, changes) ?? repacked(stored, changes);
}

/** What a person says changes nothing else; undefined if something else was changed. */
function withRare(
  stored: StoredDetails,
  changes: ReadonlyMap<number, EventDetails | undefined>,
): StoredDetails | undefined {
  const rare = new Map(stored.rare);
  for (const [key, event] of changes) {
    const place = placeOf(stored, key);
    if (!event || place === undefined || !isSameButRare(stored, place, event)) return undefined;
    const own = rareOf(event);
    if (own) rare.set(place, own);
    else rare.delete(place);
  }
  return { ...stored, rare };
}

function isSameButRare(stored: StoredDetails, place: number, event: EventDetails): boolean {
  const shared = stored.shared[stored.sharedAt[place] as number];
  return (
    stored.ids[place] === event.id &&
    numberNames.every((name) => Object.is(stored[name][place], event[name])) &&
    JSON.stringify(shared) === JSON.stringify(sharedOf(event))
  );
}

function repacked(stored: StoredDetails, changes: ReadonlyMap<number, EventDetails | undefined>): StoredDetails {
  const events = new Map<number, EventDetails>();
  const keys = new Set([...stored.keys, ...changes.keys()]);
  for (const key of [...keys].sort((a, b) => a - b)) {
    const event = changes.has(key) ? changes.get(key) : detailsAt(stored, key);
    if (event) events.set(key, event);
  }
  return packDetails(events);
}

function placeOf({ keys }: StoredDetails, key: number): number | undefined {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key ? low : undefined;
}

/** Whether a value that was stored as details still is some. */
export function areDetails(value: unknown): value is StoredDetails {
  const stored = value as StoredDetails | undefined;
  const count = stored?.keys?.length;
  return (
    stored !== undefined &&
    stored.keys instanceof Uint32Array &&
    numberNames.every((name) => stored[name] instanceof Float64Array && stored[name].length === count) &&
    Array.isArray(stored.ids) &&
    stored.ids.length === count &&
    Array.isArray(stored.shared) &&
    stored.sharedAt instanceof Uint16Array &&
    stored.sharedAt.length === count &&
    stored.sharedAt.every((index) => index < stored.shared.length) &&
    stored.rare instanceof Map
  );
}

function sharedOf(event: EventDetails): Shared {
  const { label, labelName, timeZone, utcOffsetMinutes, model, head, source, backbone } = event;
  return {
    ...{ label, labelName, timeZone, utcOffsetMinutes, model, head, source },
    ...(backbone !== undefined && { backbone }),
  };
}

function rareOf({ verdict, note, clip, continues }: EventDetails): Rare | undefined {
  if (!verdict && note === undefined && clip === undefined && continues === undefined) return undefined;
  return {
    ...(verdict && { verdict }),
    ...(note !== undefined && { note }),
    ...(clip !== undefined && { clip }),
    ...(continues !== undefined && { continues }),
  };
}
