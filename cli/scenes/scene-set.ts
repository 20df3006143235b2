import { join, resolve } from 'node:path';
import { readTable, type Table } from '../clips/csv';

/** One sounding in a scene, named by the recording's own list. */
export interface SceneEvent {
  readonly onsetSeconds: number;
  readonly endSeconds: number;
  /** Id of one of our labels, or a name. */
  readonly sound: string;
  /** Id of the class of AudioSet with that name; empty if there is none. */
  readonly audioSet: string;
  /** Otherwise the sound may or may not be there. */
  readonly isCertain: boolean;
}

/** A made recording with known times. */
export interface Scene {
  /** Path in the set's folder. */
  readonly file: string;
  readonly seconds: number;
  /** What it is made of: `events`, `quiet`, `speech`, `music` or `ambience`. */
  readonly kind: string;
  readonly events: readonly SceneEvent[];
}

/** Scenes that `python -m training.scenes.make` wrote. */
export interface SceneSet {
  readonly root: string;
  readonly scenes: readonly Scene[];
}

/**
 * Reads a folder with `scenes.csv` and `events.csv`.
 *
 * @throws Error with a sentence naming the table if it cannot be read, lacks a column, or holds an impossible time.
 */
export async function readSceneSet(folder: string): Promise<SceneSet> {
  const root = resolve(folder);
  const scenes = await readTable(join(root, 'scenes.csv'), 'the list of scenes');
  const path = join(root, 'events.csv');
  const events = await readTable(path, 'the list of events');
  const of = columns(events, ['file', 'onset', 'end', 'sound', 'audioSet', 'certain'], path);
  const eventsOf = new Map<string, (readonly string[])[]>();
  for (const row of events.rows) eventsOf.set(of(row, 'file'), [...(eventsOf.get(of(row, 'file')) ?? []), row]);
  const ofScene = columns(scenes, ['file', 'seconds', 'kind'], join(root, 'scenes.csv'));
  return {
    root,
    scenes: scenes.rows.map((row) => {
      const file = ofScene(row, 'file');
      const seconds = Number(ofScene(row, 'seconds'));
      if (!(seconds > 0)) throw new Error(`${join(root, 'scenes.csv')}: ${file} lasts ${ofScene(row, 'seconds')} s`);
      return {
        file,
        seconds,
        kind: ofScene(row, 'kind'),
        events: (eventsOf.get(file) ?? []).map((event) => {
          const [onsetSeconds, endSeconds] = [Number(of(event, 'onset')), Number(of(event, 'end'))];
          if (!(onsetSeconds >= 0 && endSeconds > onsetSeconds)) {
            throw new Error(`${path}: in ${file}, an event lasts from ${of(event, 'onset')} to ${of(event, 'end')} s`);
          }
          return {
            onsetSeconds,
            endSeconds,
            sound: of(event, 'sound'),
            audioSet: of(event, 'audioSet'),
            isCertain: of(event, 'certain') === 'yes',
          };
        }),
      };
    }),
  };
}

/** Reads cells by the name of their column. */
function columns<Name extends string>({ header }: Table, names: readonly Name[], path: string) {
  const places = new Map(names.map((name) => [name, header.indexOf(name)]));
  for (const [name, place] of places) if (place < 0) throw new Error(`${path} has no column "${name}"`);
  return (row: readonly string[], name: Name): string => row[places.get(name) as number] as string;
}
