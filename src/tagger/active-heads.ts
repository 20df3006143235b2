import { type CalibratedHead, headProbabilities } from '../model/head';
import type { TeachableModel } from '../model/loaded-model';
import type { ModelFolder } from '../model/model-folder';
import { EarmarkError } from '../shared/problem';
import type { HeadChoice, Tags } from '../shared/tagger-api';

type Answers = Pick<Tags, 'head' | 'probabilities' | 'compared'>;

/** The one or two heads that are applied to what is heard; the backbone runs once for both. */
export class ActiveHeads {
  /** The model's own head alone. */
  static readonly shipped = new ActiveHeads([]);

  readonly #heads: readonly { readonly id: string; readonly head: CalibratedHead }[];

  private constructor(heads: readonly { readonly id: string; readonly head: CalibratedHead }[]) {
    this.#heads = heads;
  }

  /**
   * Takes up to two heads for the model of that folder.
   *
   * @throws EarmarkError wrong-backbone; head-damaged where its weights do not fit. RangeError with more than two heads.
   */
  static of(choices: readonly HeadChoice[], folder: ModelFolder): ActiveHeads {
    if (choices.length > 2) throw new RangeError(`two heads can be heard at once, not ${choices.length}`);
    if (choices.every((choice) => choice === 'shipped')) return ActiveHeads.shipped;
    return new ActiveHeads(
      choices.map((choice) =>
        choice === 'shipped' ? { id: choice, head: folder.head } : { id: choice.id, head: fitting(choice, folder) },
      ),
    );
  }

  /** @param windows normalised log-mel, [count, frames, melBands]. */
  async predict(model: TeachableModel, windows: Float32Array, count: number): Promise<Answers> {
    const [active, compared] = this.#heads;
    if (active === undefined) return { head: 'shipped', probabilities: await model.predict(windows, count) };
    const embeddings = await embedWindows(model, windows, count);
    const probabilities = headProbabilities(embeddings, active.head);
    if (compared === undefined) return { head: active.id, probabilities };
    const others = headProbabilities(embeddings, compared.head);
    return { head: active.id, probabilities, compared: { head: compared.id, probabilities: others } };
  }
}

async function embedWindows(model: TeachableModel, windows: Float32Array, count: number): Promise<Float32Array> {
  const { frames, melBands } = model.spec;
  const embeddings = new Float32Array(count * model.embeddingSize);
  for (let i = 0; i < count; i++) {
    const window = windows.subarray(i * frames * melBands, (i + 1) * frames * melBands);
    embeddings.set(await model.embed(window, frames), i * model.embeddingSize);
  }
  return embeddings;
}

function fitting(choice: Exclude<HeadChoice, 'shipped'>, folder: ModelFolder): CalibratedHead {
  const { name, backbone, labels, kernel, bias, calibration } = choice;
  if (backbone !== folder.backbone) {
    throw new EarmarkError(
      'wrong-backbone',
      `The head “${name}” was trained on another model than the one in use. Train it anew from its clips.`,
    );
  }
  const size = folder.head.kernel.length / folder.head.bias.length;
  const fits = [bias, calibration.scale, calibration.offset].every((values) => values.length === labels.length);
  if (!fits || kernel.length !== size * labels.length) {
    throw new EarmarkError(
      'head-damaged',
      `The head “${name}” is damaged. Delete it and train it anew from its clips.`,
    );
  }
  return { kernel, bias, calibration };
}
