import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { bandHeight, tickFrequencies } from '../../kit/chart/frequency-axis';
import { soundSvg } from '../../kit/chart/sound-svg';
import { frequency } from '../../kit/format';
import { t } from '../../messages/messages';
import { offset } from '../recording-words';
import type { Range } from './view-range';

/** Where times are named, as shares of the part that is shown. */
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Parts that are shorter have names with a decimal: whole seconds would repeat. */
const DECIMAL_BELOW_SECONDS = 60;

/** The shown part of a recording's spectrogram as a picture of its own. @param columns address of the picture of its columns. */
export function recordingSvg(name: string, spec: FeatureSpec, columns: string, view: Range): string {
  const length = view.toSeconds - view.fromSeconds;
  const decimals = length < DECIMAL_BELOW_SECONDS ? 1 : 0;
  const timeAt = (share: number): string => offset(view.fromSeconds + share * length, decimals);
  const title = `${name}, ${timeAt(0)}–${timeAt(1)}`;
  return soundSvg({
    title,
    words: `${t.recordingPicture.spectrogram}: ${title}.`,
    columns,
    times: TICKS.map((at) => ({ at, name: timeAt(at) })),
    frequencies: tickFrequencies(spec).map((hz) => ({ at: bandHeight(hz, spec), name: frequency(hz) })),
  });
}
