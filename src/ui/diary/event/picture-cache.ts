/** Pictures that are kept: some screens of rows, 16 MB at most. */
const MOST_PICTURES = 300;

/** Size of a small picture, for screens of two pixels per CSS pixel. */
const WIDTH_PX = 192;
const HEIGHT_PX = 72;

/** Small pictures of sounds, by the event's id: a row that comes back while a person scrolls shows its picture at once. */
export class PictureCache {
  /** What was used last comes last. */
  readonly #pictures = new Map<string, ImageBitmap>();

  has(id: string): boolean {
    return this.#pictures.has(id);
  }

  /** Keeps the left part of a canvas, this many pixels wide. */
  async keep(id: string, canvas: HTMLCanvasElement, widthPx: number): Promise<void> {
    const size = { resizeWidth: WIDTH_PX, resizeHeight: HEIGHT_PX } as const;
    this.#put(id, await createImageBitmap(canvas, 0, 0, widthPx, canvas.height, size));
  }

  /** Draws a picture that is kept. */
  draw(id: string, canvas: HTMLCanvasElement): void {
    const picture = this.#pictures.get(id);
    if (!picture) return;
    this.#put(id, picture);
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.style.inlineSize = '100%';
    canvas.style.transform = '';
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
  }

  #put(id: string, picture: ImageBitmap): void {
    this.#pictures.delete(id);
    this.#pictures.set(id, picture);
    const [oldest] = this.#pictures.entries();
    if (!oldest || this.#pictures.size <= MOST_PICTURES) return;
    this.#pictures.delete(oldest[0]);
    oldest[1].close();
  }
}
