import { afterEach, describe, expect, it, vi } from 'vitest';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { defaultSettings, followSettings, parseSettings, saveSettings } from '../../../src/store/settings';

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
        alerts: { labels: {}, groups: {} },
        renamed: { dog: { id: 'rex', name: 'Rex' } },
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

describe('the model', () => {
  it.each([
    ['was the default when it was saved', { model: 'earmark-40', shippedModel: 'earmark-40' }, SHIPPED_MODEL],
    ['was saved when the first default shipped', { model: 'earmark-52' }, SHIPPED_MODEL],
    ['was chosen', { model: 'earmark-40', shippedModel: 'earmark-52' }, 'earmark-40'],
    ['was chosen when the first default shipped', { model: 'seed-2017-eighth' }, 'seed-2017-eighth'],
  ])('that %s', (_, saved, expected) => {
    expect(parseSettings(JSON.stringify(saved)).model).toBe(expected);
  });
});

describe('saveSettings', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says which model is the default', () => {
    const setItem = vi.fn();
    vi.stubGlobal('localStorage', { setItem });
    saveSettings({ ...defaultSettings, model: 'earmark-40' });
    const [[, text]] = setItem.mock.calls as [[string, string]];
    expect(JSON.parse(text)).toMatchObject({ model: 'earmark-40', shippedModel: SHIPPED_MODEL });
  });

  it.each([
    ['the browser has no room left', new DOMException('full', 'QuotaExceededError')],
    ['the browser denies it', new DOMException('no', 'SecurityError')],
  ])('changes nothing else if %s', (_, error) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw error;
      },
    });
    expect(() => saveSettings(defaultSettings)).not.toThrow();
    expect(warn).toHaveBeenCalledWith(expect.any(String), error);
  });
});

describe('followSettings', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('takes what another window has saved, and nothing else', () => {
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    const take = vi.fn();
    followSettings(take);
    const stored = (key: string, newValue: string | null) =>
      page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    stored('another.page', '{"theme": "dark"}');
    stored('earmark.settings', null);
    expect(take).not.toHaveBeenCalled();
    stored('earmark.settings', '{"theme": "dark", "tagsPerSecond": 99}');
    expect(take.mock.calls).toEqual([[{ ...defaultSettings, theme: 'dark' }]]);
  });
});
