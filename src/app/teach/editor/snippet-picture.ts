import { LogMelExtractor } from '../../../dsp/log-mel';
import type { FeatureSpec } from '../../../shared/contracts/model/feature-spec';
import { fromInt16 } from '../../../shared/lib/files/wav';
import { Pauses } from '../../../shared/lib/pause';

/** No screen shows more columns side by side. */
const MOST_COLUMNS = 1024;

/** Samples between two yields to the page: a millisecond or two of work. */
const PIECE_SAMPLES = 8192;

/** A snippet as it is drawn: the network's input, and its waveform. */
export interface SnippetPicture {
  /** Normalised log-mel columns, [columns, melBands], evenly spread over the snippet. */
  readonly columns: Float32Array;
  /** Lowest and highest sample of each of equal parts of the snippet, [parts, 2]. */
  readonly peaks: Float32Array;
}

/** Computes a snippet's picture in chunks, so that a long one does not freeze the page. */
export async function snippetPicture(samples: Int16Array, spec: FeatureSpec): Promise<SnippetPicture> {
  const pauses = new Pauses();
  const extractor = new LogMelExtractor(spec);
  const count = Math.max(1, Math.floor((samples.length - spec.fftSize) / spec.hopSamples) + 1);
  const kept = Math.min(count, MOST_COLUMNS);
  const columns = new Float32Array(kept * spec.melBands);
  let next = 0;
  const padded = samples.length < spec.fftSize ? extended(samples, spec.fftSize) : samples;
  for (let first = 0; first < padded.length; first += PIECE_SAMPLES) {
    extractor.push(fromInt16(padded.subarray(first, first + PIECE_SAMPLES)), (column) => {
      columns.set(column, Math.floor((next * kept) / count) * spec.melBands);
      next++;
    });
    await pauses.take();
  }
  const parts = Math.min(MOST_COLUMNS, samples.length);
  const peaks = new Int16Array(2 * parts);
  for (let part = 0; part < parts; part++) {
    const end = Math.floor(((part + 1) * samples.length) / parts);
    const start = Math.floor((part * samples.length) / parts);
    let low = samples[start] as number;
    let high = low;
    for (let i = start; i < end; i++) {
      const sample = samples[i] as number;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    peaks[2 * part] = low;
    peaks[2 * part + 1] = high;
    await pauses.take();
  }
  return { columns, peaks: fromInt16(peaks) };
}

function extended(samples: Int16Array, length: number): Int16Array {
  const longer = new Int16Array(length);
  longer.set(samples);
  return longer;
}
