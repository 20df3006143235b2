/** The worker of the library: it is bundled whole, into one text. */
import { expose } from 'comlink';
import type { TrainableModel } from '../src/model/engine/loaded-model';
import { openModelUrl } from '../src/model/folder/browser';
import { defaultEventRules } from '../src/shared/contracts/diary/event-rules';
import { ActiveHeads } from '../src/tagger/live/active-heads';
import { Listening } from '../src/tagger/live/listening';
import type { TaggerOptions } from './api';
import { EventNamer, tagSamples } from './hearing';
import type { LibraryWorkerApi } from './worker-api';

/** Live tags a second, as in the page. */
const TAGS_PER_SECOND = 8;

let model: TrainableModel | undefined;
let threshold: TaggerOptions['threshold'];
let listening: { readonly session: Listening; finish(): void } | undefined;

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
    const loaded = opened();
    const namer = new EventNamer(loaded, threshold);
    const heads = ActiveHeads.of([], loaded.folder);
    let firstSeconds: number | undefined;
    const session = new Listening({
      model: loaded,
      port,
      sampleRateHz,
      tagsPerSecond: TAGS_PER_SECOND,
      noiseFloorDb: null,
      rules: defaultEventRules,
      heads: () => heads,
      onTags({ windowEndSeconds, levelDb, probabilities }) {
        // The audio clock may run before anything is heard.
        firstSeconds ??= windowEndSeconds;
        const endSeconds = windowEndSeconds - firstSeconds;
        onWindow({ endSeconds, levelDb, probabilities });
        for (const change of namer.push({ windowEndSeconds: endSeconds, levelDb, probabilities })) onEvent(change);
      },
      onHeard: () => undefined,
      onFailure: (cause) => onFailure(String(cause instanceof Error ? cause.message : cause)),
    });
    listening = {
      session,
      finish() {
        session.stop();
        for (const change of namer.finish()) onEvent(change);
      },
    };
  },

  async stop() {
    listening?.finish();
    listening = undefined;
  },
};

expose(api);
