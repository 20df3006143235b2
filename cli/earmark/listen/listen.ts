import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type DetectionChange, EventDetector } from '../../../src/events/detector';
import { eventTiming } from '../../../src/events/timing';
import { openModelFolder } from '../../../src/model/folder/node';
import { tagRecording } from '../../../src/recordings/tag-recording';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { UsageError } from '../../command';
import { modelFolder } from '../../networks/model-path';
import { wasmFolder } from '../package-files';
import { type NamedHead, namedHead, type TagSettings } from '../tag/settings';
import { STANDARD_INPUT } from '../tag/standard-input';
import { thresholdOption, wantedLabelsOption } from '../tag/tag-arguments';
import { ffmpegStretches, type Stretch, samplesOf } from './sources';

/** An event that still sounds is told of again after so long. */
const UPDATE_SECONDS = 1;

/** Listens to a source until it ends or the program is stopped. @returns the exit status. */
export async function listen(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      labels: { type: 'string' },
      threshold: { type: 'string', default: 'auto' },
      head: { type: 'string' },
      model: { type: 'string', default: SHIPPED_MODEL },
      levels: { type: 'boolean', default: false },
      scores: { type: 'boolean', default: false },
    },
  });
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) throw new UsageError('name one source to listen to');
  const settings: TagSettings = {
    modelFolder: modelFolder(values.model),
    headFile: values.head,
    threshold: thresholdOption(values.threshold),
    labels: wantedLabelsOption(values.labels),
    overlapSeconds: undefined,
  };
  const model = await openModelFolder(settings.modelFolder, wasmFolder);
  const head = await namedHead(model.folder, settings);
  const stretches =
    source === STANDARD_INPUT
      ? [samplesOf(process.stdin)]
      : ffmpegStretches(source, model.spec.sampleRateHz, (reason, waitMs) => {
          console.error(`earmark: ${source}: ${reason}; trying again in ${waitMs / 1000} s`);
        });
  let listener: Listener | undefined;
  // What sounds when the program is stopped ends there.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      listener?.finish();
      process.exit(0);
    });
  }
  for await (const stretch of stretches) {
    listener = new Listener({ source, head, wantsLevels: values.levels, wantsScores: values.scores });
    await listener.hear(stretch, model);
  }
  return 0;
}

interface ListenerOptions {
  readonly source: string;
  readonly head: NamedHead;
  readonly wantsLevels: boolean;
  readonly wantsScores: boolean;
}

/** Prints what sounds in one stretch, as JSON Lines. */
class Listener {
  readonly #options: ListenerOptions;
  readonly #detector: EventDetector;
  readonly #toldSeconds = new Map<string, number>();
  /** When the stretch began, in milliseconds since the epoch. */
  #startMs = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#detector = new EventDetector(options.head.thresholds, eventTiming, randomUUID);
  }

  async hear(stretch: Stretch, model: Awaited<ReturnType<typeof openModelFolder>>): Promise<void> {
    const { head, wantsLevels, wantsScores } = this.#options;
    const options = {
      model,
      head: head.head,
      stepStrides: 1,
      tailSeconds: eventTiming.endDelaySeconds,
      columnsPerPass: model.strideColumns,
    };
    for await (const moments of tagRecording(this.#timed(stretch, model.spec.sampleRateHz), options)) {
      for (const { windowEndSeconds, probabilities, levelDb } of moments) {
        this.#tell(this.#detector.push({ windowEndSeconds, probabilities, levelDb }), windowEndSeconds);
        const time = this.#time(windowEndSeconds);
        const level = Number.isFinite(levelDb) ? Number(levelDb.toFixed(1)) : null;
        if (wantsLevels) print({ kind: 'level', time, level_db: level });
        if (wantsScores) print({ kind: 'scores', time, scores: scoresOf(head, probabilities) });
      }
    }
    this.finish();
  }

  /** Ends what still sounds. */
  finish(): void {
    this.#tell(this.#detector.finish(), 0);
  }

  /** Notes when the first samples came. They were recorded just before. */
  async *#timed(stretch: Stretch, sampleRateHz: number): Stretch {
    for await (const piece of stretch) {
      if (this.#startMs === 0) this.#startMs = Date.now() - (1000 * piece.length) / sampleRateHz;
      yield piece;
    }
  }

  #tell(changes: readonly DetectionChange[], nowSeconds: number): void {
    const { head, source } = this.#options;
    for (const { kind, detection } of changes) {
      const told = this.#toldSeconds.get(detection.id) ?? Number.NEGATIVE_INFINITY;
      if (kind === 'update' && nowSeconds - told < UPDATE_SECONDS) continue;
      this.#toldSeconds.set(detection.id, nowSeconds);
      if (kind === 'end') this.#toldSeconds.delete(detection.id);
      const { id, name } = head.labels[detection.label] as { id: string; name: string };
      print({
        kind,
        id: detection.id,
        label: id,
        name,
        start: this.#time(Math.max(0, detection.startSeconds)),
        end: this.#time(detection.endSeconds),
        probability: Number(detection.peakProbability.toFixed(4)),
        mean_probability: Number(detection.meanProbability.toFixed(4)),
        threshold: detection.threshold,
        ...(detection.continues !== undefined && { continues: detection.continues }),
        source,
      });
    }
  }

  #time(seconds: number): string {
    return new Date(this.#startMs + 1000 * seconds).toISOString();
  }
}

function scoresOf(head: NamedHead, probabilities: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(head.labels.map(({ id }, i) => [id, Number((probabilities[i] as number).toFixed(4))]));
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
