import { afterEach, describe, expect, it, vi } from 'vitest';
import { AlertTurn } from '../../../../../src/app/diary/alerts/alert-turn';
import { LateAlerts } from '../../../../../src/app/diary/alerts/late-alerts';
import { StoredMemory } from '../../../../../src/app/diary/alerts/stored-memory';
import type { AppState } from '../../../../../src/app/state';
import { defaultSettings } from '../../../../../src/store/settings';
import { soundEvent } from '../../../support/diary';
import { FakeLocks } from '../../../support/locks';

afterEach(() => vi.unstubAllGlobals());

/** A browser's storage, or one that is full. */
function storage(isFull = false): void {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
  });
}

describe('the memory of alerts', () => {
  it('is shared by windows and outlasts them', () => {
    storage();
    new StoredMemory().write('label:dog', 'dog', { atMs: 5, day: '2026-11-28' });
    new StoredMemory().write('label:cat', 'cat', { atMs: 6, day: '2026-11-28' });
    expect(new StoredMemory().read('label:dog')).toEqual({ dog: { atMs: 5, day: '2026-11-28' } });
    expect(new StoredMemory().read('label:owl')).toEqual({});
  });

  it('forgets what no rule asks for any more', () => {
    storage();
    const memory = new StoredMemory();
    memory.write('group:alarms', 'siren', { atMs: 0, day: '2026-11-27' });
    memory.write('group:alarms', 'smoke', { atMs: 26 * 3_600_000, day: '2026-11-28' });
    expect(Object.keys(memory.read('group:alarms'))).toEqual(['smoke']);
  });

  it('lasts as long as the window where the browser saves nothing, or damaged it', () => {
    storage(true);
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const memory = new StoredMemory();
    memory.write('label:dog', 'dog', { atMs: 5, day: '2026-11-28' });
    expect(memory.read('label:dog')).toEqual({ dog: { atMs: 5, day: '2026-11-28' } });
    vi.stubGlobal('localStorage', { getItem: () => '{"label:dog":{"dog":7}}' });
    expect(new StoredMemory().read('label:dog')).toEqual({});
  });
});

describe('the turn to alert', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it('is one window’s, until that is closed', async () => {
    const locks = new FakeLocks();
    const tab = locks.tab();
    const [first, second] = [new AlertTurn(tab), new AlertTurn(locks.tab())];
    first.want();
    first.want();
    second.want();
    await settle();
    expect([first.isMine, second.isMine]).toEqual([true, false]);
    tab.close();
    await settle();
    expect(second.isMine).toBe(true);
  });

  it('is every window’s without locks', () => {
    const turn = new AlertTurn(undefined);
    expect(turn.isMine).toBe(false);
    turn.want();
    expect(turn.isMine).toBe(true);
    turn.giveUp();
    expect(turn.isMine).toBe(false);
  });
});

describe('the alerts of the app', () => {
  const dog = {
    name: 'Dog',
    means: ['flash' as const],
    cooldownSeconds: 60,
    firstOfDay: false,
    quiet: null,
    leastProbability: 0,
    leastSeconds: 0,
  };
  const state = (phase: AppState['phase'], labels = { dog }): AppState => {
    const diary = { ...defaultSettings.diary, alerts: { labels, groups: {} } };
    return {
      phase,
      wanted: phase === 'listening' ? 'listening' : 'stopped',
      demo: false,
      settings: { ...defaultSettings, diary },
      devices: [],
    };
  };

  it('come in reports while it listens, and not after it stopped', async () => {
    storage();
    vi.stubGlobal('navigator', { locks: undefined });
    const alerts = new LateAlerts();
    const told: (string | undefined)[] = [];
    alerts.subscribe(({ event }) => told.push(event));
    const report = (id: string) => {
      const event = { ...soundEvent({ id }), isOpen: true };
      return { events: [event], levels: [], clips: [], droppedForSpeech: 0 };
    };
    const listening = state('listening');
    alerts.follow(listening);
    alerts.heard(report('a'), listening);
    await vi.waitFor(() => expect(told).toEqual(['a']));
    alerts.follow(state('ready'));
    localStorage.setItem('earmark.alerts', '{}');
    alerts.heard(report('b'), state('ready'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toEqual(['a']);
  });
});
