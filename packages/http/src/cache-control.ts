import type { Request, Response } from 'express';
import type { Endpoint } from './endpoint.ts';

/** `Cache-Control` unless an endpoint says otherwise: for refusals, signed-in users' data, tokens, health. */
export const NO_STORE = 'no-store';

/**
 * Sets how caches treat an endpoint's answer. An answer to a request that carries a token, good or bad, is never stored. `Vary`
 * keeps what was stored without a token from those who send one.
 */
export function setCacheControl(response: Response, request: Request, { cacheControl }: Endpoint): void {
  if (cacheControl === undefined) return;
  response.vary('Authorization');
  if (request.headers.authorization === undefined) response.set('Cache-Control', cacheControl);
}
