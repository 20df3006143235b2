import type { EventLine } from '../../../../../cli/earmark/listen/event-line';

/** A line about an event: the `number`th bark of an evening. */
export function eventLine(number: number, kind: EventLine['kind'] = 'end', label = 'dog'): EventLine {
  const startMs = Date.UTC(2026, 5, 1, 20) + 10_000 * number;
  return {
    kind,
    id: `event-${number}`,
    label,
    name: label === 'dog' ? 'Dog' : label,
    start: new Date(startMs).toISOString(),
    end: new Date(startMs + 2000).toISOString(),
    probability: 0.9,
    mean_probability: 0.7,
    threshold: 0.5,
    source: 'alsa:default',
  };
}

/** Waits until something is so. */
export async function until(isSo: () => boolean, what: string, mostMs = 60_000): Promise<void> {
  const end = Date.now() + mostMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
