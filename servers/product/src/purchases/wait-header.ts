import type { Request } from 'express';

const LONGEST_WAIT_S = 30;

/** How long the client would wait for the decision (RFC 7240 `Prefer: wait=N`, N in seconds); 0 where it does not say. */
export function waitMsOf(request: Request): number {
  const [, seconds] = /(?:^|[\s,;])wait\s*=\s*"?(\d{1,9})"?(?:$|[\s,;])/i.exec(request.get('prefer') ?? '') ?? [];
  return seconds === undefined ? 0 : Math.min(Number(seconds), LONGEST_WAIT_S) * 1000;
}
