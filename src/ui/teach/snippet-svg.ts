import type { FeatureSpec } from '../../shared/contracts/model/feature-spec';
import { bandHeight, tickFrequencies } from '../kit/chart/frequency-axis';
import { soundSvg } from '../kit/chart/sound-svg';
import { frequency, seconds } from '../kit/format';
import { t } from '../messages/messages';

/** A snippet as the editor shows it. */
export interface ShownSnippet {
  readonly name: string;
  readonly spec: FeatureSpec;
  /** Address of the picture of its columns. */
  readonly columns: string;
  /** Lowest and highest sample of each of equal parts. */
  readonly peaks: Float32Array;
  readonly durationSeconds: number;
  /** The part that is kept. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Where times are named, as shares of the duration. */
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A snippet as a picture of its own. */
export function snippetSvg({ name, spec, columns, peaks, durationSeconds, startSeconds, endSeconds }: ShownSnippet) {
  return soundSvg({
    title: name,
    words: `${t.snippet.waveform(seconds(durationSeconds))}. ${t.snippet.spectrogram}.`,
    columns,
    peaks,
    times: TICKS.map((at) => ({ at, name: seconds(at * durationSeconds) })),
    frequencies: tickFrequencies(spec).map((hz) => ({ at: bandHeight(hz, spec), name: frequency(hz) })),
    kept: { start: startSeconds / durationSeconds, end: endSeconds / durationSeconds },
  });
}
