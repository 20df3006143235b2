import type { MixFacts } from '../../src/sound/mono';

/** A file of test/cases, and its right value. */
interface SoundCase {
  readonly name: string;
  readonly seconds: number;
  /** Undefined if the file holds noise. */
  readonly hz?: number;
  readonly amplitude: number;
  readonly facts?: MixFacts;
}

const tone = { seconds: 1, amplitude: 0.5 };

/** By the README beside the files, which tells where each of them came from. */
export const soundCases: readonly SoundCase[] = [
  { name: '01-size0-32k-mono.wav', ...tone, hz: 1000 },
  { name: '03-opposite-phase.wav', ...tone, hz: 1000, facts: { channel: { number: 1, reason: 'cancels' } } },
  { name: '04-odd-LIST-padded.wav', ...tone, hz: 1100 },
  { name: '04-odd-guan-padded.wav', ...tone, hz: 1200 },
  { name: '05-odd-LIST-unpadded.wav', ...tone, hz: 1300 },
  { name: '06-id3-then-zeros.mp3', seconds: 2, amplitude: 0 },
  { name: '06-two-id3.mp3', seconds: 2, amplitude: 0 },
  { name: '07-rf64.wav', ...tone, hz: 1400 },
  { name: '08-384kHz-1kHz-tone.wav', seconds: 0.2, amplitude: 0.5, hz: 1000 },
  { name: '09-broadcast.bwf', ...tone, hz: 1100 },
  { name: '09-voice-memo.qta', seconds: 2, amplitude: 0 },
  { name: '10-aiff.aif', ...tone, hz: 1000 },
  { name: '10-alac.m4a', seconds: 2, amplitude: 0 },
  { name: '10-float64.wav', ...tone, hz: 1000 },
  { name: '10-ima-adpcm.wav', seconds: 44_902 / 22_050, amplitude: 0 },
  { name: '11-float-plus18dBFS.wav', seconds: 1, amplitude: 1, hz: 1000, facts: { beyondFullScale: 8 } },
];
