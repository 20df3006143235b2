/**
 * Seventeen evenly spaced points of the colour map “magma” by Nathaniel J. Smith and Stéfan van der Walt, dedicated to
 * the public domain (CC0) with matplotlib 1.5. Equal steps in value look like equal steps in lightness, also to
 * colour-blind people and in print. Linear interpolation between them stays within 3/255 of the original.
 */
const magmaPoints = [
  0x000004, 0x0a0822, 0x1d1147, 0x36106b, 0x51127c, 0x6a1c81, 0x832681, 0x9c2e7f, 0xb73779, 0xd0416f, 0xe75263,
  0xf56b5c, 0xfc8961, 0xfea772, 0xfec488, 0xfde2a3, 0xfcfdbf,
] as const;

/** Number of colours in the map. */
export const COLOURS = 256;

/** The map as RGBA, one byte per channel, as in `ImageData`. */
export function createColourMap(): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(COLOURS * 4);
  const segments = magmaPoints.length - 1;
  for (let colour = 0; colour < COLOURS; colour++) {
    const position = (colour / (COLOURS - 1)) * segments;
    const segment = Math.min(segments - 1, Math.floor(position));
    const from = magmaPoints[segment] ?? 0;
    const to = magmaPoints[segment + 1] ?? 0;
    [16, 8, 0].forEach((shift, channel) => {
      const a = (from >> shift) & 0xff;
      const b = (to >> shift) & 0xff;
      bytes[colour * 4 + channel] = a + (b - a) * (position - segment);
    });
    bytes[colour * 4 + 3] = 0xff;
  }
  return bytes;
}
