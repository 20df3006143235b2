import { viewOf } from '../bytes';

/** The settings of an Apple Lossless stream (its “magic cookie”). */
export interface AlacConfig {
  readonly frameLength: number;
  readonly bitsPerSample: number;
  /** Settings of the adaptive Golomb code: how fast its mean follows, where it begins, and its longest remainder. */
  readonly historyRate: number;
  readonly initialHistory: number;
  readonly mostRemainderBits: number;
  readonly channels: number;
  readonly sampleRateHz: number;
}

const CONFIG_BYTES = 24;
/** Version and flags of the box around the settings. */
const BOX_HEADER_BYTES = 4;

/** Reads the content of an `alac` box. @returns undefined if it cannot be one. */
export function alacConfig(box: Uint8Array): AlacConfig | undefined {
  if (box.length < BOX_HEADER_BYTES + CONFIG_BYTES) return undefined;
  const view = viewOf(box.subarray(BOX_HEADER_BYTES));
  const config = {
    frameLength: view.getUint32(0),
    bitsPerSample: view.getUint8(5),
    historyRate: view.getUint8(6),
    initialHistory: view.getUint8(7),
    mostRemainderBits: view.getUint8(8),
    channels: view.getUint8(9),
    sampleRateHz: view.getUint32(20),
  };
  const isPossible =
    config.frameLength > 0 &&
    config.frameLength <= 65_536 &&
    [16, 20, 24, 32].includes(config.bitsPerSample) &&
    config.channels >= 1 &&
    config.channels <= 8;
  return isPossible ? config : undefined;
}
