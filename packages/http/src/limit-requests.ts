import { toAppError } from '@florin/app-response';
import { type AuthenticatedUser, userOf } from '@florin/auth-middleware';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { clientAddress } from './client-address.ts';
import type { Guard } from './mount-endpoints.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** Maximum number of requests per minute and instance, for each user and for each address. 0: no limit. */
export type RequestLimits = { userPerMinute: number; addressPerMinute: number };

/** Finds the user of a request before authentication, as `createKnownUser` of @florin/auth-middleware does. */
export type KnownUser = (request: Request) => AuthenticatedUser | undefined;

export type RequestLimiter = {
  /** Runs before authentication. Rejects the requests of an address with too many failures, except those of known users. */
  beforeAll: readonly RequestHandler[];
  /** Adds the limits to the checks of access. */
  guarded(guard: Guard): Guard;
  /** Limits requests without a user, for paths that are not endpoints. */
  ofAddress: readonly RequestHandler[];
  /** Counts failures. */
  onError: readonly ErrorRequestHandler[];
};

const WINDOW_S = 60;
/** A failed request counts as this many requests of its address. */
const FAILURE_COST = 5;
/** Refusals that a caller can cause without a user of their own, or by guessing. */
const FAILURES: ReadonlySet<number> = new Set([400, 401, 403, 404, 405]);

/**
 * Limits requests per user on endpoints that require a token, and per client address on the others. Limits failures per address,
 * before the token is verified; users who are known by then and have not failed as often are not rejected for others behind the same
 * address. Counts in memory, so that a request costs a look-up only; each instance allows each client the
 * full limit.
 */
export function createRequestLimiter({ userPerMinute, addressPerMinute }: RequestLimits, knownUser: KnownUser): RequestLimiter {
  const byUser = limitOf('user', userPerMinute);
  const byAddress = limitOf('address', addressPerMinute);
  const failures = limitOf('failures', Math.ceil(addressPerMinute / FAILURE_COST));
  const limit: RequestHandler = async (request, response, next) => {
    const user = userOf(request);
    const headers = await (user === undefined ? byAddress?.take(clientAddress(request)) : byUser?.take(user.id));
    if (headers !== undefined) response.set(headers);
    next();
  };
  return {
    beforeAll: failures === undefined ? [] : [rejectFailing(failures, knownUser)],
    guarded: (guard) => ((byUser ?? byAddress) ? (access) => [...guard(access), limit] : guard),
    ofAddress: byAddress === undefined ? [] : [limit],
    onError: failures === undefined ? [] : [countFailures(failures)],
  };
}

function limitOf(name: string, perMinute: number): RateLimit | undefined {
  return perMinute === 0 ? undefined : createRateLimit({ name, points: perMinute, durationS: WINDOW_S });
}

function rejectFailing(failures: RateLimit, knownUser: KnownUser): RequestHandler {
  return async (request, _response, next) => {
    // A preflight carries no token, so a user who must not suffer from others is unknown. It reads nothing and costs a header.
    if (request.method === 'OPTIONS') {
      next();
      return;
    }
    try {
      await failures.check(clientAddress(request));
    } catch (error) {
      const user = knownUser(request);
      if (user === undefined) throw error;
      await failures.check(user.id);
    }
    next();
  };
}

function countFailures(failures: RateLimit): ErrorRequestHandler {
  return async (error: unknown, request, _response, next) => {
    if (FAILURES.has(toAppError(error).status)) {
      await failures.count(clientAddress(request));
      const user = userOf(request);
      if (user !== undefined) await failures.count(user.id);
    }
    next(error);
  };
}
