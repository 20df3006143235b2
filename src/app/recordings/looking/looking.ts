import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { FIRST_STORED_LEVEL, type Sketch, type Tile } from '../../../shared/contracts/recordings/recording';
import type { OpenedFile } from '../../../shared/contracts/recordings/recordings-api';
import type { RecordingsStore } from '../../../store/recordings/recordings-store';
import type { RecordingsParts } from '../recordings-parts';
import type { OpenedRecording } from '../recordings-state';
import type { RecordingsWorkerLink } from '../recordings-worker';
import { LookingFirst } from './looking-first';
import { RecordingPlayer } from './player';

/** Places that a sketch looks at: one for every few pixels. */
const SKETCH_PLACES = 300;

/** A recording that a person looks at: its picture and its sound. A worker of its own reads the file. */
export class Looking implements OpenedRecording {
  readonly spec: FeatureSpec;
  readonly player: RecordingPlayer;
  readonly #id: string;
  readonly #store: RecordingsStore;
  /** Undefined if its file is not there: what is stored can be looked at. */
  readonly #worker: RecordingsWorkerLink | undefined;
  readonly #first = new LookingFirst();

  /** What the file says; undefined if it is not there, or cannot be read. */
  readonly facts: OpenedFile | undefined;

  private constructor(
    id: string,
    spec: FeatureSpec,
    store: RecordingsStore,
    worker: RecordingsWorkerLink | undefined,
    facts: OpenedFile | undefined,
  ) {
    this.#id = id;
    this.spec = spec;
    this.#store = store;
    this.#worker = worker;
    this.facts = facts;
    this.player = new RecordingPlayer(async (fromSeconds, seconds) => {
      if (!worker) return { samples: new Float32Array(), sampleRateHz: 1 };
      return worker.api.sound(fromSeconds, seconds);
    });
  }

  /** @param file undefined if it is not there. */
  static async open(
    id: string,
    file: File | undefined,
    spec: FeatureSpec,
    store: RecordingsStore,
    startWorker: RecordingsParts['startWorker'],
  ): Promise<Looking> {
    const [worker, places] = await Promise.all([file && startWorker(), store.places(id)]);
    const facts = file && (await worker?.api.open(file, spec, places).catch(() => undefined));
    if (facts) return new Looking(id, spec, store, worker, facts);
    worker?.terminate();
    return new Looking(id, spec, store, undefined, undefined);
  }

  get hasFile(): boolean {
    return this.#worker !== undefined;
  }

  async sketch(): Promise<Sketch | undefined> {
    return this.#worker?.api.sketch(SKETCH_PLACES);
  }

  async tile(level: number, index: number): Promise<Tile | undefined> {
    if (level >= FIRST_STORED_LEVEL) return this.#store.tile(this.#id, level, index);
    return this.#first.during(async () => this.#worker?.api.tile(level, index));
  }

  close(): void {
    this.player.close();
    this.#worker?.terminate();
    this.#first.end();
  }
}
