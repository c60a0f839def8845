import { userOf } from '@florin/auth-middleware';
import type { RequestHandler } from 'express';
import { clientAddress } from './client-address.ts';
import type { Guard } from './mount-endpoints.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** Maximum number of requests per minute and instance, for each user and for each address. 0: no limit. */
export type RequestLimits = { userPerMinute: number; addressPerMinute: number };

const WINDOW_S = 60;

/**
 * Limits requests per user on endpoints that require a token, and per client address on the others. Counts in memory, so that a
 * request costs a look-up only; each instance allows each client the full limit.
 */
export function limitRequests(guard: Guard, { userPerMinute, addressPerMinute }: RequestLimits): Guard {
  const byUser = limitOf('user', userPerMinute);
  const byAddress = limitOf('address', addressPerMinute);
  if (byUser === undefined && byAddress === undefined) return guard;
  const limit: RequestHandler = async (request, response, next) => {
    const user = userOf(request);
    const headers = await (user === undefined ? byAddress?.take(clientAddress(request)) : byUser?.take(user.id));
    if (headers !== undefined) response.set(headers);
    next();
  };
  return (access) => [...guard(access), limit];
}

function limitOf(name: string, perMinute: number): RateLimit | undefined {
  return perMinute === 0 ? undefined : createRateLimit({ name, points: perMinute, durationS: WINDOW_S });
}
