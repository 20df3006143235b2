import type { ThresholdSources } from '../../events/thresholds';
import type { ModelFolder } from '../../model/folder/model-folder';
import { type CalibratedHead, headProbabilities } from '../../model/head/head';
import { hierarchyOf } from '../../model/head/hierarchy';
import { EarmarkError } from '../../shared/contracts/messages/problem';
import type { HeadChoice, Tags } from '../../shared/contracts/tagger-api';

type Answers = Pick<Tags, 'head' | 'probabilities' | 'compared'>;

/** A head with what is known about its labels. */
export interface NamedHead extends ThresholdSources {
  readonly id: string;
  readonly head: CalibratedHead;
  /** In the order of the probabilities, like `labels`. */
  readonly names: readonly string[];
  readonly groups: readonly string[];
}

/** The one or two heads that are applied to what is heard; the backbone runs once for both. */
export class ActiveHeads {
  readonly active: NamedHead;
  readonly #compared: NamedHead | undefined;

  private constructor(active: NamedHead, compared: NamedHead | undefined) {
    this.active = active;
    this.#compared = compared;
  }

  /**
   * Takes up to two heads for the model in that folder. Without any, the model's own head is used.
   *
   * @throws EarmarkError head-of-other-model; head-damaged if its weights do not fit. RangeError for more than two
   * heads.
   */
  static of(choices: readonly HeadChoice[], folder: ModelFolder): ActiveHeads {
    if (choices.length > 2) throw new RangeError(`two heads can be heard at once, not ${choices.length}`);
    const [active = 'shipped', compared] = choices;
    return new ActiveHeads(named(active, folder), compared && named(compared, folder));
  }

  /** @param embeddings of windows, [count, embedding size]. */
  apply(embeddings: Float32Array): Answers {
    const compared = this.#compared;
    return {
      head: this.active.id,
      probabilities: headProbabilities(embeddings, this.active.head),
      ...(compared && {
        compared: { head: compared.id, probabilities: headProbabilities(embeddings, compared.head) },
      }),
    };
  }

  /** The answers while nothing is heard: 0 for every label. */
  silence(): Answers {
    const compared = this.#compared;
    return {
      head: this.active.id,
      probabilities: new Float32Array(this.active.head.bias.length),
      ...(compared && { compared: { head: compared.id, probabilities: new Float32Array(compared.head.bias.length) } }),
    };
  }
}

function named(choice: HeadChoice, folder: ModelFolder): NamedHead {
  const isShipped = choice === 'shipped';
  const { labels } = isShipped ? folder : choice;
  return {
    id: isShipped ? choice : choice.id,
    head: isShipped ? folder.head : fitting(choice, folder),
    labels: labels.map(({ id }) => id),
    names: labels.map(({ name }) => name),
    groups: labels.map(({ group }) => group),
    model: folder.thresholds,
    proof: isShipped ? undefined : choice.proof,
  };
}

function fitting(choice: Exclude<HeadChoice, 'shipped'>, folder: ModelFolder): CalibratedHead {
  const { name, backbone, labels, kernel, bias, calibration } = choice;
  if (backbone !== folder.backbone) {
    throw new EarmarkError({ code: 'head-of-other-model', head: name });
  }
  const size = folder.head.kernel.length / folder.head.bias.length;
  const { scale, offset, bend } = calibration;
  const perLabel = [bias, scale, offset, ...(bend ? [bend] : [])];
  const fits = perLabel.every((values) => values.length === labels.length);
  if (!fits || kernel.length !== size * labels.length) {
    throw new EarmarkError({ code: 'head-damaged', head: name });
  }
  const ids = labels.map(({ id }) => id);
  return { kernel, bias, calibration, hierarchy: hierarchyOf(ids, folder.labels) };
}
