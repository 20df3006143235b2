import { type ByteSource, fourCharacters } from './bytes';

/** Files with more tags before their sound are damaged. */
const MOST_TAGS = 100;

/** First byte after the ID3v2 tags at the start of a file, of which some have several. */
export async function afterId3(source: ByteSource): Promise<number> {
  let position = 0;
  for (let count = 0; count < MOST_TAGS; count++) {
    const head = await source.read(position, position + 10);
    if (head.length < 10 || !fourCharacters(head, 0).startsWith('ID3')) break;
    const size = head.subarray(6, 10).reduce((sum, byte) => (sum << 7) | (byte & 127), 0);
    const hasFooter = ((head[5] as number) & 16) !== 0;
    position += 10 + size + (hasFooter ? 10 : 0);
  }
  // A size that reaches past the end is wrong: the sound is somewhere behind the tag's first bytes.
  return position < source.size ? position : 0;
}
