/**
 * A row of unknown form as JSON.
 *
 * JSON has neither non-finite numbers nor byte arrays: `{"$": "NaN"}` and `{"$": "Float32Array", "values": […]}` stand for
 * them.
 */
export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value, asJson, 2));
}

function asJson(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: String(value) };
  if (typeof value === 'bigint') return { $: `${value}n` };
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  if (!ArrayBuffer.isView(bytes) || bytes instanceof DataView) return value;
  return { $: (value as object).constructor.name, values: Array.from(bytes as unknown as ArrayLike<number>, Number) };
}
