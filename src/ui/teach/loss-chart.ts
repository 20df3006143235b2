import type { TrainingProgress } from '../../shared/contracts/model/head';
import type { ChartData, ChartLine } from '../kit/chart/chart-data';
import { figure } from '../kit/format';
import { t } from '../messages/messages';

/**
 * The losses of a training: one line per round of the cross-validation, each from its first epoch. The newest round is
 * drawn strongest, with the loss on the clips it sets aside.
 */
export function lossChart(losses: readonly TrainingProgress[]): ChartData {
  const rounds = [...new Set(losses.map(({ part }) => part))].map((part) =>
    losses.filter((loss) => loss.part === part),
  );
  const epochs = Math.max(0, ...losses.map(({ epoch }) => epoch));
  const x = Array.from({ length: epochs }, (_, i) => i + 1);
  const line = (name: string, look: ChartLine['look'], round: readonly TrainingProgress[], of: LossOf): ChartLine => ({
    name,
    look,
    values: x.map(
      (epoch) => round.map((loss) => (loss.epoch === epoch ? of(loss) : null)).find((v) => v !== null) ?? null,
    ),
  });
  const newest = rounds.at(-1) ?? [];
  return {
    title: t.training.loss,
    x,
    lines: [
      ...rounds.slice(0, -1).map((round, i) => line(t.training.lossOfRound(i + 1), 'reference', round, ofTrained)),
      line(t.training.lossTrained, 'measured', newest, ofTrained),
      line(t.training.lossKept, 'second', newest, ofKeptAside),
    ],
    xName: t.training.epochs,
    yName: t.training.loss,
    unit: false,
  };
}

/** The chart in words. */
export function lossWords(losses: readonly TrainingProgress[]): string {
  const last = losses.at(-1);
  return t.training.lossWords(last?.epoch ?? 0, figure(last?.loss ?? null));
}

type LossOf = (progress: TrainingProgress) => number | null;

const ofTrained: LossOf = ({ loss }) => loss;
const ofKeptAside: LossOf = ({ validationLoss }) => validationLoss;
