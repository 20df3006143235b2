import { beforeAll, expect, it, vi } from 'vitest';
import { frequency } from '../../../../src/ui/kit/format';
import { loadAllTexts, useLanguage } from '../../../../src/ui/messages/messages';
import { clock, offset } from '../../../../src/ui/recordings/recording-words';

beforeAll(loadAllTexts);

it('shows the clock of the tenth of a second that stands beside it', () => {
  const start = { localTime: '2025-06-01T04:30:00', source: 'name' } as const;
  expect([offset(17.96, 1), clock(start, 17.96, 1), clock(start, 17.96)]).toEqual(['0:18.0', '04:30:18.0', '04:30:18']);
  expect([offset(9.81, 1), clock(start, 9.81, 1), clock(start, 9.81)]).toEqual(['0:09.8', '04:30:09.8', '04:30:09']);
});

it('writes frequencies in the page’s language: 2.12 kHz is not 2,120 kHz', async () => {
  expect([frequency(440), frequency(2120), frequency(14_000)]).toEqual(['440 Hz', '2.12 kHz', '14 kHz']);
  vi.stubGlobal('document', { documentElement: {} });
  await useLanguage('de');
  expect([frequency(440), frequency(2120), frequency(14_000)]).toEqual(['440 Hz', '2,12 kHz', '14 kHz']);
});
