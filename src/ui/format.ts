/** A probability as people read it: “72 %”. */
export function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

/** A level as an engineer reads it, with a true minus: “−34 dBFS”; “−∞ dBFS” is digital silence. */
export function decibels(levelDb: number): string {
  return `${levelDb === Number.NEGATIVE_INFINITY ? '−∞' : signed(levelDb)} dBFS`;
}

/** A frequency on an axis: “500 Hz”, “14 kHz”. */
export function frequency(hz: number): string {
  return hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`;
}

/** Seconds with two decimals where they are needed: “8 s”, “1.92 s”. */
export function seconds(value: number): string {
  return `${Number(value.toFixed(2))} s`;
}

function signed(value: number): string {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : `${Math.abs(rounded)}`;
}
