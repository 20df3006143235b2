import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Source } from '../../../app/state-holder';

/** Listens to something for as long as its element is in the page. What is listened to may change, or come later. */
export class Subscription<Message> implements ReactiveController {
  readonly #source: () => Source<Message> | undefined;
  readonly #listener: (message: Message) => void;
  #followed: Source<Message> | undefined;
  #end: (() => void) | undefined;

  /** @param source is asked whenever the element comes into the page, and before it draws. */
  constructor(
    host: ReactiveControllerHost,
    source: () => Source<Message> | undefined,
    listener: (message: Message) => void,
  ) {
    this.#source = source;
    this.#listener = listener;
    host.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  hostUpdate(): void {
    const source = this.#source();
    if (source === this.#followed) return;
    this.hostDisconnected();
    this.#followed = source;
    this.#end = source?.subscribe(this.#listener);
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#end = undefined;
    this.#followed = undefined;
  }
}
