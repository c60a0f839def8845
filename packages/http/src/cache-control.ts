import type { Request, Response } from 'express';
import type { Endpoint } from './endpoint.ts';

/** The default `Cache-Control` (RFC 9111): for errors, users' data, tokens and health. */
export const NO_STORE = 'no-store';

/**
 * Sets `Cache-Control` and `Vary` of an endpoint's response. A response to a request with a token, valid or not, is never
 * stored. `Vary: Authorization` keeps a response that was stored without a token from requests with one.
 */
export function setCacheControl(response: Response, request: Request, { cacheControl }: Endpoint): void {
  if (cacheControl === undefined) return;
  response.vary('Authorization');
  if (request.headers.authorization === undefined) response.set('Cache-Control', cacheControl);
}
