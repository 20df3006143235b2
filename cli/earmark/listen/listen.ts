import { openModelFolder } from '../../../src/model/folder/node';
import { wasmFolder } from '../package-files';
import { namedHead } from '../tag/settings';
import { STANDARD_INPUT } from '../tag/standard-input';
import type { ListenCommand } from './listen-arguments';
import { Listener } from './listener';
import { openOutputs } from './outputs/open-outputs';
import { ffmpegStretches, samplesOf } from './sources';

/** Listens to a source until it ends or the program is stopped. @returns the exit status. */
export async function listen(command: ListenCommand): Promise<number> {
  const { source, settings } = command;
  const model = await openModelFolder(settings.modelFolder, wasmFolder);
  const head = await namedHead(model.folder, settings);
  const outputs = await openOutputs(command, head, model.name, say);
  const stretches =
    source === STANDARD_INPUT
      ? [samplesOf(process.stdin)]
      : ffmpegStretches(source, model.spec.sampleRateHz, (reason, waitMs) => {
          say(`${source}: ${reason}; trying again in ${waitMs / 1000} s`);
        });
  let listener: Listener | undefined;
  const end = async (): Promise<void> => {
    listener?.finish();
    await Promise.all(outputs.map((output) => output.close?.()));
  };
  // What sounds when the program is stopped ends there.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().then(() => process.exit(0)));
  try {
    for await (const stretch of stretches) {
      listener = new Listener({ source, model, head, outputs, nowMs: Date.now });
      await listener.hear(stretch);
    }
  } finally {
    await end();
  }
  return 0;
}

function say(sentence: string): void {
  console.error(`earmark: ${sentence}`);
}
