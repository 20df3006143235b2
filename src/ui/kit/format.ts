import { t } from '../messages/messages';

/** A probability as a percentage: “72%”, in German with a non-breaking space. */
export function percent(probability: number): string {
  return `${Math.round(probability * 100)}${t.percentSign}`;
}

/** A level in dBFS, with a true minus sign: “−34 dBFS”. Digital silence, −∞, is told in a word. */
export function decibels(levelDb: number): string {
  return levelDb === Number.NEGATIVE_INFINITY ? t.silence : `${signed(levelDb)} dBFS`;
}

/** A frequency: “500 Hz”, “14 kHz”, “2.12 kHz”. */
export function frequency(hz: number): string {
  return hz < 1000 ? `${hz} Hz` : `${plainNumber(hz / 1000)} kHz`;
}

/** Seconds with two decimals if needed: “8 s”, “1.92 s”. */
export function seconds(value: number): string {
  return `${inLanguage(String(Math.round(100 * value) / 100))} s`;
}

function signed(value: number): string {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : `${Math.abs(rounded)}`;
}

/** An amount of storage: “640 KB”, “1.2 GB”. */
export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  const value = count / 1000 ** step;
  return `${value < 10 && step > 0 ? decimal(value, 1) : Math.round(value)} ${units[step]}`;
}

/** An AUC or another share, for comparison: three decimals. */
export function figure(value: number | null): string {
  return value === null ? '–' : decimal(value, 3);
}

/** A number with fixed decimals, in the language's format: “0.955”, “0,955”. */
export function decimal(value: number, decimals: number): string {
  return inLanguage(value.toFixed(decimals));
}

/** A number with as many decimals as it needs, without rounding errors: “0.3”. */
export function plainNumber(value: number): string {
  return inLanguage(String(Number(value.toPrecision(6))));
}

/** `Intl.NumberFormat` would do this too, but creating a browser's first one delays the start by 20 ms. */
function inLanguage(digits: string): string {
  return digits.replace('.', t.decimalMark);
}

/** A short duration: “7.4 ms”, “21 ms”. */
export function milliseconds(value: number): string {
  return `${decimal(value, value < 10 ? 1 : 0)} ms`;
}
