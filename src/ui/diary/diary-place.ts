import type { LocalDate } from '../../events/diary/local-hours';
import { addressOf, idFrom } from '../kit/tabs';

/** The parts of the diary, by the address after `#/diary/`. The list of events has no part of its own. */
export const diaryPages = ['events', 'day', 'week', 'month', 'review', 'sounds', 'alerts', 'clips'] as const;

export type DiaryPage = (typeof diaryPages)[number];

/** Where in the diary a person is. */
export interface DiaryPlace {
  readonly page: DiaryPage;
  /** The day that is shown, or one of the shown week or month; today if omitted. */
  readonly date?: LocalDate;
  /** Id of the opened event. */
  readonly event?: string;
}

/** Reads an address; unknown ones lead to the list. */
export function placeOf(hash: string): DiaryPlace {
  const [page, more] = hash.slice(`${addressOf('diary')}/`.length).split('/');
  if (page === 'event' && more) return { page: 'events', event: idFrom(more) };
  const known = diaryPages.find((name) => name === page) ?? 'events';
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(more ?? '') ?? [];
  return year ? { page: known, date: { year: Number(year), month: Number(month), day: Number(day) } } : { page: known };
}

/** The address of a place. */
export function addressIn({ page, date, event }: DiaryPlace): string {
  const base = addressOf('diary');
  if (event !== undefined) return `${base}/event/${encodeURIComponent(event)}`;
  if (page === 'events') return base;
  return date ? `${base}/${page}/${isoDate(date)}` : `${base}/${page}`;
}

/** “2026-11-28”, as in date fields. */
export function isoDate({ year, month, day }: LocalDate): string {
  const digits = (value: number, count: number): string => String(value).padStart(count, '0');
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** Reads the value of a date field; undefined if it is empty. */
export function dateOf(iso: string): LocalDate | undefined {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return year > 0 && month > 0 && day > 0 ? { year, month, day } : undefined;
}
