import { describe, expect, it } from 'vitest';
import { MonoReader, readWholeMono } from '../../../src/sound/mono';
import { openSoundFile } from '../../../src/sound/node';
import { soundCases } from '../../support/sound-cases';
import { amplitudeAt } from '../support/tone';

const RATE_HZ = 32_000;

describe('files that failed, in Node', () => {
  it.each(soundCases.filter(({ name }) => !name.endsWith('.qta')))('$name: $seconds s', async (expected) => {
    const { name, seconds, hz, amplitude, facts = {} } = expected;
    const { sound, close } = await openSoundFile(`test/cases/${name}`);
    const reader = new MonoReader(sound, RATE_HZ);
    const samples = await readWholeMono(reader);
    await close();
    expect(Math.abs(samples.length / RATE_HZ - seconds)).toBeLessThan(0.001);
    if (hz !== undefined) expect(amplitudeAt(samples, hz, RATE_HZ)).toBeCloseTo(amplitude, 2);
    expect(reader.facts).toEqual(facts);
    expect(sound.decoder).not.toBe('ffmpeg');
  });
});
