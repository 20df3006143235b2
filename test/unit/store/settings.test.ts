import { describe, expect, it } from 'vitest';
import { defaultSettings, parseSettings } from '../../../src/store/settings';

describe('parseSettings', () => {
  it('reads back what was saved', () => {
    const settings = {
      deviceId: 'abc',
      voiceProcessing: true,
      keepAwake: true,
      backend: 'wasm',
      tagsPerSecond: 20,
      noiseFloorDb: null,
      keepSeconds: 10,
      head: 'abc',
      comparedHead: 'def',
      language: 'de',
      theme: 'dark',
      shortcuts: false,
      heardInTitle: false,
      filter: { text: 'do', group: 'animals' },
      model: 'earmark-52-small',
      diary: {
        isOn: false,
        rules: { labels: { dog: { threshold: 0.7 }, rain: { ignored: true } }, groupClips: {}, speechThreshold: null },
        keepDays: 30,
        mostEvents: 5000,
        clipMegabytes: 100,
        calibrationDb: 94,
      },
    } as const;
    expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it.each([null, '', '{', 'null', '[]', '7'])('has the defaults for %j', (text) => {
    expect(parseSettings(text)).toEqual(defaultSettings);
  });

  it('replaces only unusable fields', () => {
    const text =
      '{"deviceId": 5, "voiceProcessing": true, "backend": "abacus", "tagsPerSecond": 99, "noiseFloorDb": 5, "keepSeconds": 60, "head": "", "theme": "pink", "filter": 7, "model": "../x", "diary": {"isOn": 3, "rules": {"labels": {"dog": {"threshold": 2}}}, "keepDays": 0}}';
    expect(parseSettings(text)).toEqual({ ...defaultSettings, voiceProcessing: true });
  });
});
