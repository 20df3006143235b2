/** A second of a tone of 440 Hz and amplitude 0.5 in a file that some program writes. */
interface OddSound {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const RATE_HZ = 16_000;
const tone = Array.from({ length: RATE_HZ }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / RATE_HZ));

type Part = string | readonly number[] | Uint8Array;

function bytesOf(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : [...part])),
  );
}

function integer(value: number | bigint, bytes: number, isLittleEndian: boolean): number[] {
  const big = BigInt.asUintN(8 * bytes, BigInt(value));
  const low = Array.from({ length: bytes }, (_, i) => Number((big >> BigInt(8 * i)) & 255n));
  return isLittleEndian ? low : low.reverse();
}

const u16 = (value: number): number[] => integer(value, 2, true);
const u32 = (value: number): number[] => integer(value, 4, true);
const big16 = (value: number): number[] => integer(value, 2, false);
const big32 = (value: number): number[] => integer(value, 4, false);

function integers(bytes: number, isLittleEndian = true): Uint8Array<ArrayBuffer> {
  const scale = 2 ** (8 * bytes - 1) - 1;
  return bytesOf(...tone.map((sample) => integer(BigInt(Math.round(scale * sample)), bytes, isLittleEndian)));
}

function floats(bytes: 4 | 8, isLittleEndian = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes * tone.length));
  tone.forEach((sample, i) => {
    if (bytes === 4) view.setFloat32(4 * i, sample, isLittleEndian);
    else view.setFloat64(8 * i, sample, isLittleEndian);
  });
  return new Uint8Array(view.buffer);
}

const unsigned8 = Uint8Array.from(tone, (sample) => Math.round(128 + 127 * sample));

function chunk(id: string, content: Uint8Array, { size = content.length, pad = true } = {}): Uint8Array {
  return bytesOf(id, u32(size), content, pad && content.length % 2 === 1 ? [0] : []);
}

function format({ tag = 1, bits = 16, block = Math.ceil(bits / 8), more = [] as readonly number[] } = {}): Uint8Array {
  const rates = [...u32(RATE_HZ), ...u32(RATE_HZ * block)];
  return chunk('fmt ', bytesOf(u16(tag), u16(1), rates, u16(block), u16(bits), more));
}

function extensible(bits: number, validBits: number, codec = 1): Uint8Array {
  const guid = bytesOf(u16(codec), [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]);
  return format({ tag: 0xfffe, bits, more: [...u16(22), ...u16(validBits), ...u32(4), ...guid] });
}

function riff(chunks: readonly Uint8Array[], { magic = 'RIFF', size = -1 } = {}): Uint8Array<ArrayBuffer> {
  const content = bytesOf('WAVE', ...chunks);
  return bytesOf(magic, u32(size < 0 ? content.length : size), content);
}

const s16 = integers(2);
const data = chunk('data', s16);
const odd = Uint8Array.of(97, 98, 99);
const ds64 = (bytes: number): Uint8Array =>
  chunk('ds64', bytesOf(integer(0, 8, true), integer(bytes, 8, true), integer(RATE_HZ, 8, true), u32(0)));
const unknown = chunk('data', s16, { size: 0xffffffff });
const large = { size: 0xffffffff, magic: 'RF64' };
const list = chunk('LIST', bytesOf('INFO'));

const wavs: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  ...Object.fromEntries(
    [0, 0x7fffffff, 0xffffffff, 0xfffffff0, 0x7ffffff8, 3 * s16.length].map((size) => [
      `sizes of ${size}`,
      riff([format(), chunk('data', s16, { size })], { size }),
    ]),
  ),
  'only RIFF 0': riff([format(), data], { size: 0 }),
  'RIFF of 36 bytes': riff([format(), data], { size: 36 }),
  'a format of 18 bytes and fact': riff([format({ more: [0, 0] }), chunk('fact', bytesOf(u32(RATE_HZ))), data]),
  'the format behind the samples': riff([data, format()]),
  'an unknown odd chunk, padded': riff([format(), chunk('xyz1', odd), data]),
  'an unknown odd chunk, not padded': riff([format(), chunk('xyz1', odd, { pad: false }), data]),
  'two odd chunks, not padded': riff([
    format(),
    chunk('LIST', odd, { pad: false }),
    chunk('bext', odd, { pad: false }),
    data,
  ]),
  'a chunk before the format': riff([chunk('JUNK', new Uint8Array(27)), format(), data]),
  'garbage at the end': bytesOf(riff([format(), data]), 'garbage!!!'),
  'a list at the end': riff([format(), data, list]),
  'half a sample at the end': riff([format(), chunk('data', bytesOf(s16, [1]))]),
  '20 of 24 bits': riff([extensible(24, 20), chunk('data', integers(3))]),
  '24 of 32 bits': riff([extensible(32, 24), chunk('data', integers(4))]),
  '12 of 16 bits': riff([extensible(16, 12), data]),
  'no valid bits': riff([extensible(16, 0), data]),
  'extensible floats': riff([extensible(32, 32, 3), chunk('data', floats(4))]),
  'extensible without its extension': riff([format({ tag: 0xfffe, more: [0, 0] }), data]),
  '20 bits in 3 bytes': riff([format({ bits: 20, block: 3 }), chunk('data', integers(3))]),
  '24 bits in 4 bytes': riff([format({ bits: 24, block: 4 }), chunk('data', integers(4))]),
  'blocks of 0': riff([format({ block: 0 }), data]),
  '64-bit integers': riff([format({ bits: 64 }), chunk('data', integers(8))]),
  '64-bit floats': riff([format({ tag: 3, bits: 64 }), chunk('data', floats(8))]),
  RF64: riff([ds64(s16.length), format(), unknown], large),
  'RF64 whose size is 0': riff([ds64(0), format(), unknown], large),
  'RF64 whose size is a terabyte': riff([ds64(1e12), format(), unknown], large),
  'RF64 without ds64': riff([format(), unknown], large),
  'RF64 with a size of 32 bits': riff([ds64(s16.length), format(), data], large),
  'RF64 with a list behind': riff([ds64(s16.length), format(), unknown, list], large),
  BW64: riff([ds64(s16.length), format(), unknown], { ...large, magic: 'BW64' }),
  'BW64 whose size is 0': riff([ds64(0), format(), unknown], { ...large, magic: 'BW64' }),
  'an ID3 tag before RIFF': bytesOf('ID3', [3, 0, 0, 0, 0, 0, 32], new Uint8Array(32), riff([format(), data])),
};

function bigChunk(id: string, content: Uint8Array, size = content.length): Uint8Array<ArrayBuffer> {
  return bytesOf(id, big32(size), content, content.length % 2 === 1 ? [0] : []);
}

function aiff(
  bits: number,
  samples: Uint8Array,
  { compression = '', size = -1, frames = RATE_HZ, before = new Uint8Array() as Uint8Array } = {},
): Uint8Array<ArrayBuffer> {
  // 16,000 as an 80-bit number.
  const rate = [...big16(16_383 + 13), ...integer(BigInt(RATE_HZ) << 50n, 8, false)];
  const common = bytesOf(big16(1), big32(frames), big16(bits), rate, compression, compression === '' ? [] : [0, 0]);
  const sound = bytesOf(new Uint8Array(8), samples);
  const chunks = [bigChunk('COMM', common), before, bigChunk('SSND', sound, size < 0 ? sound.length : size)];
  const content = bytesOf(compression === '' ? 'AIFF' : 'AIFC', ...chunks);
  return bytesOf('FORM', big32(size < 0 ? content.length : size), content);
}

const aiffs: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'AIFF of 8 bits': aiff(
    8,
    Uint8Array.from(tone, (sample) => Math.round(127 * sample)),
  ),
  'AIFF of 12 bits': aiff(12, integers(2, false)),
  'AIFF with a name of odd length': aiff(16, integers(2, false), { before: bigChunk('NAME', odd) }),
  'AIFF with sizes of 0': aiff(16, integers(2, false), { size: 0, frames: 0 }),
  'AIFF with sizes of 2 GB': aiff(16, integers(2, false), { size: 0x7fffffff }),
  'AIFC NONE': aiff(16, integers(2, false), { compression: 'NONE' }),
  'AIFC twos': aiff(16, integers(2, false), { compression: 'twos' }),
  'AIFC sowt': aiff(16, s16, { compression: 'sowt' }),
  'AIFC sowt of 24 bits': aiff(24, integers(3), { compression: 'sowt' }),
  'AIFC in24': aiff(24, integers(3, false), { compression: 'in24' }),
  'AIFC 42ni': aiff(24, integers(3), { compression: '42ni' }),
  'AIFC in32': aiff(32, integers(4, false), { compression: 'in32' }),
  'AIFC 23ni': aiff(32, integers(4), { compression: '23ni' }),
  'AIFC fl32': aiff(32, floats(4, false), { compression: 'fl32' }),
  'AIFC FL64': aiff(64, floats(8, false), { compression: 'FL64' }),
  'AIFC raw': aiff(8, unsigned8, { compression: 'raw ' }),
};

function caf(
  flags: number,
  bytes: number,
  bits: number,
  samples: Uint8Array,
  { size = samples.length + 4, before = new Uint8Array() as Uint8Array } = {},
): Uint8Array<ArrayBuffer> {
  const rate = new Uint8Array(new Float64Array([RATE_HZ]).buffer).reverse();
  const description = bytesOf(rate, 'lpcm', ...[flags, bytes, 1, 1, bits].map(big32));
  const content = bytesOf(before, 'data', integer(size, 8, false), [0, 0, 0, 0], samples);
  return bytesOf('caff', big16(1), big16(0), 'desc', integer(32, 8, false), description, content);
}

const cafs: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'CAF of 16 bits': caf(0, 2, 16, integers(2, false)),
  'CAF, little-endian': caf(2, 2, 16, s16),
  'CAF without a size': caf(2, 2, 16, s16, { size: -1 }),
  'CAF with a size of a terabyte': caf(2, 2, 16, s16, { size: 1e12 }),
  'CAF of 24 in 32 bits': caf(2, 4, 24, integers(4)),
  'CAF of floats': caf(3, 4, 32, floats(4)),
  'CAF of doubles': caf(1, 8, 64, floats(8, false)),
  'CAF with free room': caf(2, 2, 16, s16, { before: bytesOf('free', integer(9, 8, false), new Uint8Array(9)) }),
};

/** Files with odd headers, as recorders and programs leave them. */
export const oddSounds: readonly OddSound[] = Object.entries({ ...wavs, ...aiffs, ...cafs }).map(([name, bytes]) => ({
  name,
  bytes,
}));
