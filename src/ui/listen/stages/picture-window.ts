import { BoardScreen } from './board-screen';
import { pictureStyles } from './board-styles';

/** https://wicg.github.io/document-picture-in-picture/ */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window & typeof globalThis>;
}

const WIDTH_PX = 320;
const HEIGHT_PX = 180;
const COUNT = 3;

function pictureInPicture(): DocumentPictureInPicture | undefined {
  return (window as { documentPictureInPicture?: DocumentPictureInPicture }).documentPictureInPicture;
}

/**
 * Opens a board of what is heard in a small window on top of all others.
 *
 * @returns the means to show rows and to close it; undefined if the browser refused.
 */
export async function openPictureWindow(
  title: string,
  onClose: () => void,
): Promise<{ screen: BoardScreen; close(): void } | undefined> {
  const small = await pictureInPicture()
    ?.requestWindow({ width: WIDTH_PX, height: HEIGHT_PX })
    .catch((error: DOMException) => {
      // It may be opened only by a button press, and only one at a time.
      if (error.name !== 'NotAllowedError') throw error;
      return undefined;
    });
  if (!small) return undefined;
  small.document.title = title;
  const host = small.document.createElement('div');
  small.document.body.append(host);
  small.addEventListener('pagehide', onClose, { once: true });
  const screen = new BoardScreen(host.attachShadow({ mode: 'open' }), small, COUNT, pictureStyles, '');
  return { screen, close: () => small.close() };
}
