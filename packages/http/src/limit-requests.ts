import { userOf } from '@florin/auth-middleware';
import type { RequestHandler } from 'express';
import { clientAddress } from './client-address.ts';
import type { Guard } from './mount-endpoints.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** How many requests one caller may make of one instance. 0 for as many as they like. */
export type RequestLimits = { userPerMinute: number; addressPerMinute: number };

const WINDOW_S = 60;

/**
 * Limits requests per user once it is known who asks, and per address where nobody needs to say. Counted in memory: each
 * instance gives each caller this much, and a request costs a look-up.
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
