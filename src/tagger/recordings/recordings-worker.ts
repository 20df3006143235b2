import { transfer } from 'comlink';
import type { TrainableModel } from '../../model/engine/loaded-model';
import { openModelUrl } from '../../model/folder/browser';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import type { SoundFacts, Tile } from '../../shared/contracts/recordings/recording';
import type {
  OpenedFile,
  Places,
  RecordingsApi,
  TaggingChoice,
  TaggingEnd,
  TaggingReport,
  TaggingRequest,
} from '../../shared/contracts/recordings/recordings-api';
import { blobBytes } from '../../sound/bytes';
import { openSound } from '../../sound/open-sound';
import { SoundError } from '../../sound/sound-error';
import type { SoundFile } from '../../sound/sound-file';
import { startOfRecording } from '../../sound/start-of-recording';
import { ActiveHeads } from '../live/active-heads';
import { copyToDisk } from './disk';
import { FileTagging } from './file-tagging';
import { OpenedSound } from './opened-sound';
import { PortRecorder } from './port-recorder';

/** The rate at which the cost of a backend is judged. */
const TAGS_PER_SECOND = 8;

/** Serves recordings, in a worker of its own: listening goes on beside it. */
export class RecordingsWorker implements RecordingsApi {
  #loaded: { readonly key: string; readonly model: TrainableModel } | undefined;
  #tagging: FileTagging | undefined;
  /** A tagging can be stopped before its model is loaded. */
  #isStopped = false;
  #opened: OpenedSound | undefined;
  #openedName = '';
  #recorder: PortRecorder | undefined;

  async tag(request: TaggingRequest, onReport: (report: TaggingReport) => Promise<void>): Promise<TaggingEnd> {
    const { file, choice } = request;
    this.#isStopped = false;
    const model = await this.#model(choice);
    return named(file, async () => {
      const { active } = ActiveHeads.of([choice.head], model.folder);
      const tagging = new FileTagging(model, active, choice.rules, request);
      this.#tagging = tagging;
      if (this.#isStopped) tagging.stop();
      try {
        const sound = await openSound(blobBytes(file), placesOf(request.places));
        return await tagging.run(sound, (report) => onReport(handedOver(report)));
      } finally {
        this.#tagging = undefined;
      }
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#tagging?.stop();
  }

  async open(file: File, spec: FeatureSpec, places?: Places): Promise<OpenedFile> {
    return named(file, async () => {
      const sound = await openSound(blobBytes(file), placesOf(places));
      await this.#opened?.close();
      this.#opened = new OpenedSound(sound, spec);
      this.#opened.warmUp();
      this.#openedName = file.name;
      const start = startOfRecording({
        name: file.name,
        modifiedMs: file.lastModified,
        startTime: sound.startTime,
        seconds: sound.claimedSeconds ?? 0,
      });
      return { facts: factsOf(sound), ...(start && { start }) };
    });
  }

  async sketch(places: number) {
    return this.#named(async () => this.#sound.sketch(places));
  }

  async tile(level: number, index: number): Promise<Tile> {
    const tile = await this.#named(async () => this.#sound.tile(level, index));
    return transfer(tile, [tile.bytes.buffer]);
  }

  async sound(fromSeconds: number, seconds: number) {
    const piece = await this.#named(async () => this.#sound.play(fromSeconds, seconds));
    return transfer(piece, [piece.samples.buffer]);
  }

  async copy(file: File, name: string): Promise<void> {
    return named(file, () => copyToDisk(file, name));
  }

  async record(
    ...[port, sampleRateHz, name, onProgress, onFailure]: Parameters<RecordingsApi['record']>
  ): Promise<void> {
    this.#recorder = await PortRecorder.start(port, sampleRateHz, name, onProgress, onFailure);
  }

  async finishRecording(): Promise<number> {
    const seconds = this.#recorder?.finish() ?? 0;
    this.#recorder = undefined;
    return seconds;
  }

  get #sound(): OpenedSound {
    if (!this.#opened) throw new EarmarkError({ code: 'bad-message', detail: 'no file is open: call open() first' });
    return this.#opened;
  }

  #named<Result>(work: () => Promise<Result>): Promise<Result> {
    return named({ name: this.#openedName }, work);
  }

  /** The model stays loaded from one recording to the next. */
  async #model({ modelUrl, backend }: TaggingChoice): Promise<TrainableModel> {
    const key = `${backend} ${modelUrl}`;
    if (this.#loaded?.key === key) return this.#loaded.model;
    this.#loaded?.model.dispose();
    this.#loaded = undefined;
    const { model } = await openModelUrl(modelUrl, backend, TAGS_PER_SECOND);
    this.#loaded = { key, model };
    return model;
  }
}

/** Puts the name of a file to what is wrong with it. */
async function named<Result>({ name }: { readonly name: string }, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if ((cause as Error).name === 'NotReadableError' || (cause as Error).name === 'NotFoundError') {
      throw new EarmarkError({ code: 'recording-unreadable', file: name, fault: 'out-of-reach' }, { cause });
    }
    if (!(cause instanceof SoundError)) throw cause;
    const { fault, detail } = cause;
    throw new EarmarkError({ code: 'recording-unreadable', file: name, fault, ...(detail && { detail }) }, { cause });
  }
}

function placesOf(places: Places | undefined): number[] | undefined {
  return places && [...places];
}

function factsOf({ container, codec, channels, sampleRateHz, decoder, claimedSeconds }: SoundFile): SoundFacts {
  return { container, codec, channels, sampleRateHz, decoder, ...(claimedSeconds !== undefined && { claimedSeconds }) };
}

function handedOver(report: TaggingReport): TaggingReport {
  return transfer(
    report,
    report.tiles.map(({ bytes }) => bytes.buffer),
  );
}
