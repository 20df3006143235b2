import { type ByteSource, fourCharacters, viewOf } from '../bytes';
import { layoutOf, type PcmLayout, type SampleFormat, UnknownCodec } from './layout';

const formats: Readonly<Record<number, SampleFormat>> = {
  1: 'ulaw',
  2: 's8',
  3: 's16',
  4: 's24',
  5: 's32',
  6: 'f32',
  7: 'f64',
  27: 'alaw',
};
const UNKNOWN_SIZE = 0xffffffff;

/**
 * Reads the header of a Sun or NeXT AU file.
 *
 * @returns undefined for other files.
 * @throws DamagedHeader, UnknownCodec.
 */
export async function readAu(source: ByteSource): Promise<PcmLayout | undefined> {
  const head = await source.read(0, 24);
  if (fourCharacters(head, 0) !== '.snd' || head.length < 24) return undefined;
  const [dataStart, claimed, encoding, sampleRateHz, channels] = [4, 8, 12, 16, 20].map((at) =>
    viewOf(head).getUint32(at),
  ) as [number, number, number, number, number];
  const format = formats[encoding];
  if (!format) throw new UnknownCodec(`AU encoding ${encoding}`);
  const rest = Math.max(0, source.size - dataStart);
  const dataBytes = claimed === UNKNOWN_SIZE || claimed === 0 ? rest : Math.min(claimed, rest);
  const bitsPerSample = { ulaw: 8, alaw: 8, s8: 8, s16: 16, s24: 24, s32: 32, f32: 32, f64: 64 }[format as 's16'];
  return layoutOf(
    { container: 'AU', format, isLittleEndian: false, sampleRateHz, channels, bitsPerSample },
    dataStart,
    dataBytes,
  );
}
