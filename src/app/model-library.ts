import { EarmarkError } from '../shared/contracts/messages/problem';
import type { ListedModel } from '../shared/contracts/model/model-list';
import { causeOf } from '../shared/lib/validate';
import type { MeasuredModel } from './listening/measure-model';

/** The models that ship with this copy of Earmark, and their texts. */
export interface ModelLibrary {
  /** @throws EarmarkError model-list-missing. */
  list(): Promise<readonly ListedModel[]>;
  /** The model card of that name, in Markdown. @throws EarmarkError model-card-missing. */
  card(name: string): Promise<string>;
  /** Measures a model on this device; one after another, so that none slows another down. @throws as `measureModel`. */
  measure(name: string): Promise<MeasuredModel>;
}

/**
 * @param modelsUrl the models' folder, absolute, ending in `/`.
 * @param measureAt measures the model of a folder.
 */
export function modelLibrary(modelsUrl: string, measureAt: (modelUrl: string) => Promise<MeasuredModel>): ModelLibrary {
  let measured: Promise<unknown> = Promise.resolve();
  const read = async (path: string): Promise<string> => {
    const response = await fetch(new URL(path, modelsUrl));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.text();
  };
  return {
    list: () =>
      orMissing('model-list-missing', async () => {
        // The first paint does not need it.
        const { parseModelList } = await import('../shared/contracts/model/model-list');
        return parseModelList(JSON.parse(await read('index.json')));
      }),
    card: (name) => orMissing('model-card-missing', () => read(`${name}/CARD.md`)),
    measure: (name) => {
      const next = measured.then(() => measureAt(new URL(`${name}/`, modelsUrl).href));
      measured = next.catch(() => {});
      return next;
    },
  };
}

async function orMissing<Result>(
  code: 'model-list-missing' | 'model-card-missing',
  load: () => Promise<Result>,
): Promise<Result> {
  try {
    return await load();
  } catch (cause) {
    throw new EarmarkError({ code, ...causeOf(cause) }, { cause });
  }
}
