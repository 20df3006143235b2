import { t } from '../../messages/messages';
import { BoardScreen } from './board-screen';
import { wallStyles } from './board-styles';

/** How many labels are readable from across the room. */
const COUNT = 3;

/** Three labels over the whole screen, until Esc. */
export class Wall {
  readonly screen: BoardScreen;
  readonly #host = document.createElement('div');
  readonly #focusedBefore = document.activeElement;

  /** @param name for people who cannot see it. @param onClose called once, however it ends. */
  constructor(name: string, onClose: () => void) {
    const host = this.#host;
    host.tabIndex = -1;
    host.setAttribute('role', 'dialog');
    host.ariaModal = 'true';
    host.ariaLabel = name;
    this.screen = new BoardScreen(host.attachShadow({ mode: 'open' }), window, COUNT, wallStyles, t.stages.leaveWall);
    document.body.append(host);
    host.focus();
    const close = (): void => {
      document.removeEventListener('fullscreenchange', onFullscreen);
      host.remove();
      if (document.fullscreenElement) void document.exitFullscreen();
      if (this.#focusedBefore instanceof HTMLElement) this.#focusedBefore.focus();
      onClose();
    };
    const onFullscreen = (): void => {
      if (document.fullscreenElement === null) close();
    };
    host.addEventListener('keydown', (event) => {
      // The page's own shortcuts are not visible here, and must not work.
      event.stopPropagation();
      if (event.key === 'Escape') close();
    });
    host.addEventListener('pointerup', close);
    // If the browser refuses, it still fills the window, and Esc still closes it.
    host.requestFullscreen?.().then(
      () => document.addEventListener('fullscreenchange', onFullscreen),
      () => undefined,
    );
  }
}
