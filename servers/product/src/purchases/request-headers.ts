import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;
const LONGEST_WAIT_S = 30;

/** @throws AppError IDEMPOTENCY_KEY_REQUIRED (400) when the header is missing or malformed */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key');
  if (key === undefined || !VISIBLE_ASCII.test(key)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REQUIRED);
  return key;
}

/** How long the client would wait for the decision (RFC 7240 `Prefer: wait=N`, N in seconds); 0 where it does not say. */
export function waitMsOf(request: Request): number {
  const [, seconds] = /(?:^|[\s,;])wait\s*=\s*"?(\d{1,9})"?(?:$|[\s,;])/i.exec(request.get('prefer') ?? '') ?? [];
  return seconds === undefined ? 0 : Math.min(Number(seconds), LONGEST_WAIT_S) * 1000;
}
