import { Received, type ReceivedCommands } from '../../app/files/received';
import type { AppCommands } from '../../app/state';
import { loadAllTexts } from '../messages/messages';
import './earmark-received';

/** Starts accepting files from outside the page, with the element that shows them. */
export async function startReceived(app: AppCommands): Promise<ReceivedCommands> {
  await loadAllTexts();
  const received = new Received(app);
  void received.start();
  return received;
}
