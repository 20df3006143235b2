/** Where the samples begin. */
export const HEADER_BYTES = 80;
/** Sizes from here on need RF64. */
const LARGEST_RIFF_BYTES = 0xffff_fff0;

/** The header of a 16-bit mono file of so many bytes, with room for the sizes of RF64. */
export function wavHeader(dataBytes: number, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string): void => {
    for (const [i, letter] of [...letters].entries()) bytes[at + i] = letter.charCodeAt(0);
  };
  const riffBytes = HEADER_BYTES - 8 + dataBytes;
  const isLarge = riffBytes > LARGEST_RIFF_BYTES;
  text(0, isLarge ? 'RF64' : 'RIFF');
  view.setUint32(4, isLarge ? 0xffff_ffff : riffBytes, true);
  text(8, 'WAVE');
  text(12, isLarge ? 'ds64' : 'JUNK');
  view.setUint32(16, 28, true);
  if (isLarge) {
    view.setBigUint64(20, BigInt(riffBytes), true);
    view.setBigUint64(28, BigInt(dataBytes), true);
    view.setBigUint64(36, BigInt(dataBytes / 2), true);
  }
  text(48, 'fmt ');
  view.setUint32(52, 16, true);
  view.setUint16(56, 1, true);
  view.setUint16(58, 1, true);
  view.setUint32(60, sampleRateHz, true);
  view.setUint32(64, 2 * sampleRateHz, true);
  view.setUint16(68, 2, true);
  view.setUint16(70, 16, true);
  text(72, 'data');
  view.setUint32(76, isLarge ? 0xffff_ffff : dataBytes, true);
  return bytes;
}
