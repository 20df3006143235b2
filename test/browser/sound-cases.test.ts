import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeFile } from '../../src/audio/decode-file';
import { fromInt16 } from '../../src/shared/lib/files/wav';
import { blobBytes } from '../../src/sound/bytes';
import type { MixFacts } from '../../src/sound/mono';
import { openSound } from '../../src/sound/open-sound';
import { soundCases } from '../support/sound-cases';
import { amplitudeAt } from '../unit/support/tone';

const RATE_HZ = 32_000;
const addresses = import.meta.glob('../cases/*', { query: '?url', import: 'default', eager: true }) as Record<
  string,
  string
>;

async function caseFile(name: string): Promise<File> {
  return new File([await (await fetch(addresses[`../cases/${name}`] as string)).blob()], name);
}

afterEach(() => vi.unstubAllGlobals());

describe('files that failed, in the page', () => {
  it.each(soundCases)('$name: $seconds s', async ({ name, seconds, hz, amplitude, facts = {} }) => {
    let told: MixFacts | undefined;
    const samples = fromInt16(await decodeFile(await caseFile(name), RATE_HZ, (facts) => (told = facts)));
    expect(Math.abs(samples.length / RATE_HZ - seconds)).toBeLessThan(0.006);
    if (hz !== undefined) expect(amplitudeAt(samples, hz, RATE_HZ)).toBeCloseTo(amplitude, 2);
    expect(told).toEqual(facts);
  });

  it('AAC goes to the browser’s player where there is no WebCodecs', async () => {
    vi.stubGlobal('AudioDecoder', undefined);
    const samples = await decodeFile(await caseFile('09-voice-memo.qta'), RATE_HZ);
    expect(samples.length / RATE_HZ).toBeCloseTo(2, 1);
  });

  it('tells what decodes AAC', async () => {
    expect(await openSound(blobBytes(await caseFile('09-voice-memo.qta')))).toMatchObject({
      container: 'QuickTime',
      codec: 'AAC',
      decoder: 'WebCodecs',
      sampleRateHz: 48_000,
    });
  });
});
