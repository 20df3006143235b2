import { html, nothing, type TemplateResult } from 'lit';
import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import type { RecordingStart } from '../../../shared/contracts/recordings/recording';
import { placed } from '../../kit/placed';
import { clock, offset } from '../recording-words';
import { heightOf } from './mel-scale';
import { type Range, timeMarks } from './view-range';

/** A stretch that a person chose, with frequencies if they wanted them. */
export interface Selection extends Range {
  readonly lowHz?: number;
  readonly highHz?: number;
}

/** Marks on a time axis are at least so far apart. */
const LEAST_MARK_PIXELS = 90;

/** Of digits of 0.75rem, with the space before them. */
const CHARACTER_PIXELS = 8;

/** Marks of a time axis: the offset, and the recorder's clock where it is known. */
export function timeAxis(view: Range, widthPixels: number, start: RecordingStart | undefined): TemplateResult[] {
  const { marks, stepSeconds } = timeMarks(view, widthPixels, LEAST_MARK_PIXELS);
  const decimals = stepSeconds < 1 ? 1 : 0;
  const share = (seconds: number): number => (seconds - view.fromSeconds) / (view.toSeconds - view.fromSeconds);
  return marks.map((seconds) => {
    const texts = [offset(seconds, decimals), clock(start, seconds, decimals) ?? ''];
    const textPixels = CHARACTER_PIXELS * Math.max(...texts.map((text) => text.length));
    // At the end, a mark without words: they would be cut off.
    const isRoom = (1 - share(seconds)) * widthPixels >= textPixels;
    return html`<span ${placed({ insetInlineStart: percentage(share(seconds)) })}>
      ${isRoom ? html`<b>${texts[0]}</b>${texts[1]}` : nothing}
    </span>`;
  });
}

/** A box over a stretch of a view, as high as its frequencies. */
export function stretchIn(
  { fromSeconds, toSeconds, lowHz, highHz }: Selection,
  view: Range,
  spec: FeatureSpec,
): TemplateResult | typeof nothing {
  const span = view.toSeconds - view.fromSeconds;
  const left = Math.max(0, (fromSeconds - view.fromSeconds) / span);
  const right = Math.min(1, (toSeconds - view.fromSeconds) / span);
  if (right < left) return nothing;
  const bottom = lowHz === undefined ? 0 : heightOf(lowHz, spec);
  const top = highHz === undefined ? 1 : heightOf(highHz, spec);
  return html`<i class="stretch" ${placed({
    insetInlineStart: percentage(left),
    inlineSize: percentage(right - left),
    insetBlockStart: percentage(1 - top),
    blockSize: percentage(top - bottom),
  })}></i>`;
}

/** A share as CSS writes it. */
export function percentage(share: number): string {
  return `${(100 * share).toFixed(3)}%`;
}
