import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Source } from '../../../app/state-holder';

/** A subscription that lasts as long as its element is attached. Its source may change or be set later. */
export class Subscription<Message> implements ReactiveController {
  readonly #source: () => Source<Message> | undefined;
  readonly #listener: (message: Message) => void;
  #followed: Source<Message> | undefined;
  #end: (() => void) | undefined;

  /** @param source called whenever the element is attached, and before it draws. */
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
