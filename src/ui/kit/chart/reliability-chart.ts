import type { ReliabilityBin } from '../../../shared/contracts/model/figures';
import { t } from '../../messages/messages';
import { percent } from '../format';
import type { ChartData } from './chart-data';

/** A reliability diagram of a label or a model: predicted probability against observed frequency. */
export function reliabilityChart(name: string, points: readonly ReliabilityBin[]): ChartData {
  // The end points exist only for the line of perfect calibration.
  const x = [0, ...points.map(({ meanProbability }) => meanProbability), 1];
  return {
    title: t.proof.reliabilityOf(name),
    x,
    lines: [
      {
        name: t.proof.reliability,
        values: [null, ...points.map(({ share }) => share), null],
        look: 'measured',
        points: true,
      },
      { name: t.proof.perfect, values: x, look: 'reference' },
    ],
    xName: t.proof.said,
    yName: t.proof.isTrue,
    unit: true,
  };
}

/** The same in words. */
export function reliabilityWords(name: string, points: readonly ReliabilityBin[]): string {
  const bins = points.map(({ meanProbability, share }) => t.proof.bin(percent(meanProbability), percent(share)));
  return t.proof.reliabilityWords(name, bins.join('; '));
}
