/** The worker of the library: it is bundled whole, into one text. */
import { expose, transferHandlers } from 'comlink';
import type { TrainableModel } from '../src/model/engine/loaded-model';
import { openModelUrl } from '../src/model/folder/browser';
import { carryOneWayCalls } from '../src/shared/lib/one-way';
import type { Listening } from '../src/tagger/live/listening';
import type { TaggerOptions } from './api';
import { tagSamples } from './hearing';
import { listenAtPort } from './port-listening';
import { TAGS_PER_SECOND } from './tags-per-second';
import type { LibraryWorkerApi } from './worker-api';

let model: TrainableModel | undefined;
let threshold: TaggerOptions['threshold'];
let listening: Listening | undefined;

function opened(): TrainableModel {
  if (!model) throw new Error('the tagger has no model');
  return model;
}

const api: LibraryWorkerApi = {
  async open(modelUrl, backend, wanted) {
    const { model: loaded, report } = await openModelUrl(modelUrl, backend, TAGS_PER_SECOND);
    model = loaded;
    threshold = wanted;
    const { name, labels, spec } = loaded;
    const { sampleRateHz, hopSamples, frames } = spec;
    return { model: name, backend: report.taken, labels, sampleRateHz, hopSamples, frames };
  },

  tag: (samples, sampleRateHz) => tagSamples(opened(), samples, sampleRateHz, threshold),

  async listen(port, sampleRateHz, onWindow, onEvent, onFailure) {
    await api.stop();
    listening = listenAtPort({
      model: opened(),
      threshold,
      port,
      sampleRateHz,
      onWindow,
      onEvent,
      onFailure: (cause) => onFailure(String(cause instanceof Error ? cause.message : cause)),
    });
  },

  async stop() {
    listening?.stop();
    listening = undefined;
  },
};

carryOneWayCalls(transferHandlers);
expose(api);
