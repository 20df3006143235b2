import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseModelList } from '../../src/shared/contracts/model/model-list';
import { readJson } from '../read-json';
import { modelsFolder } from './package-files';
import { readModel } from './tag/settings';

/** Prints the models that come with Earmark. @returns the exit status. */
export async function models(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  for (const { name, bytes, summary } of parseModelList(await readJson(join(modelsFolder, 'index.json')))) {
    const { labels } = await readModel(join(modelsFolder, name));
    const facts = { name, summary: summary.en, bytes, labels: labels.map(({ id }) => id) };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  }
  return 0;
}
