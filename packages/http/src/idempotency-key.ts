import { hash } from 'node:crypto';
import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

const VISIBLE_ASCII = /^[!-~]{1,255}$/;

/** The documented header of `idempotent` endpoints (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeyHeader = {
  'Idempotency-Key': {
    description:
      '1 to 255 visible ASCII characters. A retry with the same key and the same request does nothing twice: it is answered 200 ' +
      'with Idempotent-Replayed: true. The same key with another request gets 422. Keys belong to the user who sends them: the ' +
      'same key sent by another user is another request',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: VISIBLE_ASCII.source },
    example: '0b5a2f0e-7c1d-4f3b-9a55-2f8f5b9d6c10',
  },
} as const;

/** The header where a key is optional. Without a key, each request is executed. */
export const optionalIdempotencyKeyHeader = {
  'Idempotency-Key': { ...idempotencyKeyHeader['Idempotency-Key'], component: 'OptionalIdempotencyKey', required: false },
} as const;

/**
 * Reads the `Idempotency-Key` header.
 *
 * @throws AppError IDEMPOTENCY_KEY_REQUIRED (400) if the header is missing or malformed
 */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key');
  if (key === undefined || !VISIBLE_ASCII.test(key)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REQUIRED);
  return key;
}

/**
 * Hashes a request's validated values, with defaults filled in: the `request_hash` of a stored row. Each table's list of values
 * never changes, because the previous release compares only this hash.
 *
 * @returns 32 bytes (SHA-256)
 */
export function requestHash(request: readonly unknown[]): Buffer {
  return hash('sha256', JSON.stringify(request), 'buffer');
}
