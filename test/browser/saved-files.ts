import { vi } from 'vitest';

/** A file that the page has handed out as a download. */
export interface SavedFile {
  readonly name: string;
  readonly file: Blob;
}

/** From now on downloads land in this list instead of on the disk, until mocks are restored. */
export function watchDownloads(): SavedFile[] {
  const saved: SavedFile[] = [];
  const files = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    const address = `blob:${files.size}`;
    files.set(address, file as Blob);
    return address;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, file: files.get(this.getAttribute('href') ?? '') as Blob });
  });
  return saved;
}

/** A picture as a browser draws it: SVG in a file of its own, without the page around it. */
export async function drawnPicture(svg: Blob): Promise<CanvasRenderingContext2D> {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(await svg.text())}`;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  if (!context) throw new Error('the browser offers no 2D canvas');
  context.drawImage(picture, 0, 0);
  return context;
}
