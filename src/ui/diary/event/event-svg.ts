import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { bandHeight, tickFrequencies } from '../../kit/chart/frequency-axis';
import { soundSvg } from '../../kit/chart/sound-svg';
import { frequency, seconds } from '../../kit/format';

/** The sound of an event as the page shows it. */
export interface ShownSound {
  readonly name: string;
  readonly spec: FeatureSpec;
  /** Address of the picture of its columns. */
  readonly columns: string;
  readonly durationSeconds: number;
}

/** Where times are named, as shares of the duration. */
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The sound of an event as a picture of its own. */
export function eventSvg({ name, spec, columns, durationSeconds }: ShownSound): string {
  return soundSvg({
    title: name,
    words: `${name}, ${seconds(durationSeconds)}.`,
    columns,
    times: TICKS.map((at) => ({ at, name: seconds(at * durationSeconds) })),
    frequencies: tickFrequencies(spec).map((hz) => ({ at: bandHeight(hz, spec), name: frequency(hz) })),
  });
}
