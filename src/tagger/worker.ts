import { expose, transferHandlers } from 'comlink';
import { deviceLost, tensorCount } from '../model/engine/backends';
import { openExemplarsUrl, openModelUrl } from '../model/folder/browser';
import { WORKER_LIVES } from '../shared/contracts/worker-life';
import { carryEarmarkErrors } from '../shared/lib/error-transfer';
import { checkedTagger } from './checked-tagger';
import { Tagger } from './tagger';

// Browsers hide locks from pages on an insecure connection, which get no microphone either.
void navigator.locks?.request(self.name, () => {
  self.postMessage(WORKER_LIVES);
  return new Promise(() => {});
});

carryEarmarkErrors(transferHandlers);
expose(
  checkedTagger(new Tagger({ openModel: openModelUrl, openExemplars: openExemplarsUrl, tensorCount, deviceLost })),
);
