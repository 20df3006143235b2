import type { PlattLine } from '../../metrics/calibration/platt';
import type { HeadWeights } from '../../model/head/head';
import { type Head, TAUGHT_GROUP } from '../../shared/contracts/model/head';
import type { HeadTraining } from './head-training';

/** The whole head: the shipped labels, with the trained ones replaced, followed by the new ones. */
export function assembleHead(
  training: HeadTraining,
  trained: HeadWeights,
  lines: readonly PlattLine[],
): Pick<Head, 'labels' | 'kernel' | 'bias' | 'calibration'> {
  const { folder, labels } = training;
  const shipped = folder.head;
  const ids = folder.labels.map(({ id }) => id);
  const added = labels.filter(({ id }) => !ids.includes(id));
  const all = [...folder.labels, ...added.map(({ id, name }) => ({ id, name, group: TAUGHT_GROUP }))];
  /** Column of the trained head for each label; −1 if the shipped head has it. */
  const from = all.map(({ id }) => labels.findIndex((label) => label.id === id));
  const size = shipped.kernel.length / shipped.bias.length;
  const pick = (own: ArrayLike<number>, ours: ArrayLike<number>, row: number, label: number): number => {
    const column = from[label] as number;
    return column < 0 ? (ours[row * ids.length + label] as number) : (own[row * labels.length + column] as number);
  };
  const { scale, offset, bend = ids.map(() => 1) } = shipped.calibration;
  const ownScale = lines.map((line) => line.scale);
  const ownOffset = lines.map((line) => line.offset);
  const ownBend = lines.map(() => 1);
  return {
    labels: all,
    kernel: Float32Array.from({ length: size * all.length }, (_, i) =>
      pick(trained.kernel, shipped.kernel, Math.floor(i / all.length), i % all.length),
    ),
    bias: Float32Array.from(all, (_, label) => pick(trained.bias, shipped.bias, 0, label)),
    calibration: {
      scale: all.map((_, label) => pick(ownScale, scale, 0, label)),
      offset: all.map((_, label) => pick(ownOffset, offset, 0, label)),
      bend: all.map((_, label) => pick(ownBend, bend, 0, label)),
    },
  };
}
