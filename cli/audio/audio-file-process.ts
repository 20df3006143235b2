/** Runs in its own process for {@link AudioFileReader}: reads the requested files, one by one. */
import { readAudioFile } from './audio-files';

export interface ReadRequest {
  readonly path: string;
  readonly sampleRateHz: number;
}

/** The file's samples, or a sentence that says why there are none. */
export type ReadAnswer = { readonly samples: Float32Array } | { readonly failure: string };

process.on('message', async ({ path, sampleRateHz }: ReadRequest) => {
  const answer: ReadAnswer = await readAudioFile(path, sampleRateHz).then(
    (samples) => ({ samples }),
    (error: unknown) => ({ failure: (error as Error).message }),
  );
  process.send?.(answer);
});
