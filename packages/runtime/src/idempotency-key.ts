import { createHash } from 'node:crypto';
import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** For an endpoint's `headers`. */
export const idempotencyKeyHeader = {
  'Idempotency-Key': {
    description: '1 to 255 visible ASCII characters; a retry with the same key and body does nothing twice',
    required: true,
  },
} as const;

/** @throws AppError IDEMPOTENCY_KEY_REQUIRED (400) when the header is missing or malformed */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key');
  if (key === undefined || !VISIBLE_ASCII.test(key)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REQUIRED);
  return key;
}

/** What tells two requests under one key apart: a hash of the validated body, and of what it is done to. 32 bytes. */
export function requestHash(request: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(request)).digest();
}

/** @throws AppError IDEMPOTENCY_KEY_REUSED (422) where the key was used for another request */
export function assertSameRequest(earlier: Buffer, hash: Buffer): void {
  if (!earlier.equals(hash)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
}
