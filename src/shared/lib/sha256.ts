/** SHA-256 of bytes, as 64 hexadecimal digits. Only secure pages have it (`crypto.subtle`). */
export async function sha256Hex(content: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
