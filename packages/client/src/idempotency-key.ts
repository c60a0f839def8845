/**
 * Makes a new idempotency key: 32 hexadecimal digits. Make one for each write that is intended, keep it as long as you repeat
 * that write, and store it if the write must also survive a restart.
 */
export function newIdempotencyKey(): string {
  // Not randomUUID: browsers have it in secure contexts only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
