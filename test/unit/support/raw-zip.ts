import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a zip archive; every field of its headers can be a lie. */
export interface RawFile {
  readonly name: string;
  /** The name in another encoding than UTF-8. */
  readonly nameBytes?: Uint8Array;
  readonly data: Uint8Array | string;
  /** Compresses it. */
  readonly deflate?: boolean;
  /** Size that the headers claim. */
  readonly claimedBytes?: number;
  /** Checksum that the headers claim. */
  readonly claimedCrc?: number;
  readonly flags?: number;
  /** Number of the method that the headers claim. */
  readonly claimedMethod?: number;
}

const UTF8_NAMES = 0x0800;

/** A zip archive, by the format's description and without any of the checks that a library has. */
export function rawZip(files: readonly RawFile[]): Buffer<ArrayBuffer> {
  const bodies: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const data = Buffer.from(file.data);
    const packed = file.deflate ? deflateRawSync(data) : data;
    const name = Buffer.from(file.nameBytes ?? file.name);
    // Version, flags, method, time and date, checksum, sizes, length of the name and of the extra fields.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(file.flags ?? UTF8_NAMES, 2);
    common.writeUInt16LE(file.claimedMethod ?? (file.deflate ? 8 : 0), 4);
    common.writeUInt32LE(0x5a21_0000, 6);
    common.writeUInt32LE(file.claimedCrc ?? crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(file.claimedBytes ?? data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, name]));
    bodies.push(local);
    at += local.length;
  }
  const listBytes = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length % 65_536, 8);
  end.writeUInt16LE(files.length % 65_536, 10);
  end.writeUInt32LE(listBytes.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listBytes, end]);
}
