import type { ReactiveController } from 'lit';
import { expect, it, vi } from 'vitest';
import { Feed } from '../../../../src/app/state-holder';
import { Subscription } from '../../../../src/ui/kit/state/subscription';

/** What an element does with its controllers. */
class Host {
  readonly controllers: ReactiveController[] = [];
  readonly updateComplete = Promise.resolve(true);
  addController(controller: ReactiveController): void {
    this.controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {}
  connect = (): void => this.controllers.forEach((controller) => void controller.hostConnected?.());
  update = (): void => this.controllers.forEach((controller) => void controller.hostUpdate?.());
  disconnect = (): void => this.controllers.forEach((controller) => void controller.hostDisconnected?.());
}

it('listens while the element is attached, and again when it is reattached', () => {
  const host = new Host();
  const feed = new Feed<number>();
  const listener = vi.fn();
  new Subscription(host, () => feed, listener);
  feed.tell(1);
  host.connect();
  feed.tell(2);
  host.update();
  feed.tell(3);
  host.disconnect();
  feed.tell(4);
  host.connect();
  feed.tell(5);
  expect(listener.mock.calls).toEqual([[2], [3], [5]]);
});

it('follows its source: none at first, then one, then another', () => {
  const host = new Host();
  const feeds = [new Feed<number>(), new Feed<number>()];
  let source: Feed<number> | undefined;
  const listener = vi.fn();
  new Subscription(host, () => source, listener);
  host.connect();
  for (source of feeds) {
    host.update();
    for (const [index, feed] of feeds.entries()) feed.tell(index);
  }
  expect(listener.mock.calls).toEqual([[0], [1]]);
});
