import { parseArgs } from 'node:util';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { UsageError } from '../../command';
import { numberOption, threadsOption, thresholdOption, wantedLabelsOption } from '../tag/tag-arguments';
import { merge } from './merge';
import { plan } from './plan';
import { retry } from './retry';
import { status } from './status';
import { work } from './work';

/** The options of each step. */
const optionsOf: Readonly<Record<string, readonly string[]>> = {
  plan: ['into', 'labels', 'threshold', 'head', 'model', 'overlap', 'queue'],
  work: ['jobs', 'queue', 'until-done'],
  status: ['watch'],
  retry: ['queue'],
  merge: [],
};

/** `earmark archive`: tags what is too much for one run. @returns the exit status. */
export async function archive(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      into: { type: 'string' },
      labels: { type: 'string' },
      threshold: { type: 'string' },
      head: { type: 'string' },
      model: { type: 'string' },
      overlap: { type: 'string' },
      jobs: { type: 'string' },
      queue: { type: 'string' },
      'until-done': { type: 'boolean' },
      watch: { type: 'boolean' },
    },
  });
  const [step = '', ...places] = positionals;
  const known = optionsOf[step];
  if (known === undefined) {
    throw new UsageError(`say what to do: \`earmark archive ${Object.keys(optionsOf).join('|')}\``);
  }
  for (const name of Object.keys(values)) {
    if (!known.includes(name)) throw new UsageError(`\`earmark archive ${step}\` has no option --${name}`);
  }
  if (step === 'plan') {
    if (places.length === 0 || values.into === undefined) {
      throw new UsageError('name the recordings, and the folder of the archive: plan SOURCE... --into DIR');
    }
    return plan({
      sources: places,
      folder: values.into,
      headFile: values.head,
      queue: values.queue,
      options: {
        model: values.model ?? SHIPPED_MODEL,
        threshold: thresholdOption(values.threshold ?? 'auto'),
        labels: wantedLabelsOption(values.labels),
        overlapSeconds: values.overlap === undefined ? undefined : numberOption('--overlap', values.overlap),
      },
    });
  }
  const [folder] = places;
  if (folder === undefined || places.length > 1) throw new UsageError(`name the folder of the archive: ${step} DIR`);
  const { queue } = values;
  if (step === 'work') {
    const jobs = values.jobs === undefined ? undefined : threadsOption(values.jobs);
    return work({ folder, jobs, queue, untilDone: values['until-done'] ?? false });
  }
  if (step === 'status') return status({ folder, watch: values.watch ?? false });
  return step === 'retry' ? retry({ folder, queue }) : merge({ folder });
}
