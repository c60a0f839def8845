import type { Request } from 'express';

const MAX_WAIT_S = 30;

/** Milliseconds that the client wants to wait for the decision (RFC 7240 `Prefer: wait=N`, N in seconds); 0 without it. */
export function waitMsOf(request: Request): number {
  const [, seconds] = /(?:^|[\s,;])wait\s*=\s*"?(\d{1,9})"?(?:$|[\s,;])/i.exec(request.get('prefer') ?? '') ?? [];
  return seconds === undefined ? 0 : Math.min(Number(seconds), MAX_WAIT_S) * 1000;
}
