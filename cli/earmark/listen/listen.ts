import { openModelFolder } from '../../../src/model/folder/node';
import { wasmFolder } from '../package-files';
import { namedHead } from '../tag/settings';
import { STANDARD_INPUT } from '../tag/standard-input';
import { systemClock } from './clock';
import type { ListenCommand } from './listen-arguments';
import { ListeningRun } from './listening-run';
import { openOutputs } from './outputs/open-outputs';
import { isEndless, openWithFfmpeg, reconnecting, type Stretch, samplesOf, shownSource } from './sources';

/** Listens to a source until it ends or the program is stopped. @returns the exit status. */
export async function listen(command: ListenCommand): Promise<number> {
  const { source, settings } = command;
  const model = await openModelFolder(settings.modelFolder, wasmFolder);
  const head = await namedHead(model.folder, settings);
  const { outputs, clips } = await openOutputs(command, head, model, say);
  const run = new ListeningRun({ source: shownSource(source), model, head, outputs, clips, nowMs: systemClock.nowMs });
  // What sounds when the program is stopped ends there.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void run.end().then(() => process.exit(0)));
  }
  try {
    await run.hear(stretchesOf(source, model.spec.sampleRateHz));
  } finally {
    await run.end();
  }
  return 0;
}

/** The sound of what the command names. */
async function* stretchesOf(source: string, sampleRateHz: number): AsyncGenerator<Stretch> {
  if (source === STANDARD_INPUT) {
    yield samplesOf(process.stdin);
  } else if (isEndless(source)) {
    yield* reconnecting(
      () => openWithFfmpeg(source, sampleRateHz),
      systemClock,
      (reason, waitMs) => say(`${shownSource(source)}: ${reason}; trying again in ${waitMs / 1000} s`),
    );
  } else {
    const { samples, ended } = openWithFfmpeg(source, sampleRateHz);
    yield samples;
    await ended;
  }
}

function say(sentence: string): void {
  console.error(`earmark: ${sentence}`);
}
