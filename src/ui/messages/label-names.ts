import { labels as german } from './de/labels';
import { labels as english } from './en/labels';

/** Earmark's names of labels, a table a language. */
export const labelNames = [english, german] as const;
