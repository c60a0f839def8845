import type { Request, RequestHandler, Response } from 'express';
import type { Endpoint } from './endpoint.ts';

/** What holds unless an endpoint says otherwise: for refusals, signed-in users' data, tokens, health. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * Sets how caches treat an endpoint's answer. An answer to a request that carries a token, good or bad, is never stored. `Vary`
 * keeps what was stored without a token from those who send one.
 */
export function setCacheControl(response: Response, request: Request, { cacheControl }: Endpoint): void {
  if (cacheControl === undefined) return;
  response.vary('Authorization');
  if (request.headers.authorization === undefined) response.set('Cache-Control', cacheControl);
}
