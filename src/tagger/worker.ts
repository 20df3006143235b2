import { expose, transferHandlers } from 'comlink';
import { deviceLost, tensorCount } from '../model/engine/backends';
import { openExemplarsUrl, openModelUrl } from '../model/folder/browser';
import { RECORDINGS_WORKER } from '../shared/contracts/recordings/recordings-api';
import { WORKER_LIVES } from '../shared/contracts/worker-life';
import { carryEarmarkErrors } from '../shared/lib/error-transfer';
import { carryOneWayCalls } from '../shared/lib/one-way';
import { checkedTagger } from './checked-tagger';
import { Tagger } from './tagger';

// Browsers hide locks from pages on an insecure connection, which get no microphone either.
void navigator.locks?.request(self.name, () => {
  self.postMessage(WORKER_LIVES);
  return new Promise(() => {});
});

carryEarmarkErrors(transferHandlers);
carryOneWayCalls(transferHandlers);
// One script for both, so that they share the engine. What recordings need comes when they are opened.
if (self.name.startsWith(RECORDINGS_WORKER)) {
  void import('./recordings/recordings-thread').then(({ serveRecordings }) => serveRecordings());
} else {
  expose(
    checkedTagger(new Tagger({ openModel: openModelUrl, openExemplars: openExemplarsUrl, tensorCount, deviceLost })),
  );
}
