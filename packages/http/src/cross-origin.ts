import type { Request, RequestHandler } from 'express';

/** Request headers that endpoints read, beside those that browsers always allow. */
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'Prefer',
  'X-Request-Id',
  'traceparent',
  'tracestate',
].join(', ');

/** Response headers that clients read. The gateway lists the same ones for its own errors (deploy/compose/gateway.yml). */
const EXPOSED_HEADERS = [
  'Allow',
  'Content-Disposition',
  'Deprecation',
  'ETag',
  'Florin-Is-Final',
  'Idempotent-Replayed',
  'Link',
  'Location',
  'Preference-Applied',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Sunset',
  'WWW-Authenticate',
  'X-Request-Id',
].join(', ');

const METHODS = 'DELETE, GET, HEAD, PATCH, POST, PUT';
/** Seconds that a browser may keep the answer to a preflight: the maximum of Chromium. */
const PREFLIGHT_MAX_AGE_S = 7_200;
/** The paths that the refresh cookie is sent to. Elsewhere requests carry tokens, and browsers must not send cookies. */
const COOKIE_PATHS = '/v1/auth/';

/**
 * Lets pages of these origins read responses (CORS, Fetch Standard section 3.3), errors too: mount it before everything that may
 * refuse a request. It answers nothing itself. A preflight goes on to its path, which answers `OPTIONS` with 204 and `Allow`.
 *
 * Not the package `cors`: it takes each `OPTIONS` for a preflight, sends its headers to pages of other origins too, and would
 * still leave which paths take cookies to us.
 *
 * @param origins serialized origins, compared as they are: `https://shop.example`. None: no handlers
 */
export function allowOrigins(origins: readonly string[]): RequestHandler[] {
  if (origins.length === 0) return [];
  const allowed = new Set(origins);
  const handler: RequestHandler = (request, response, next) => {
    // Also without an allowed origin: a cache must not serve such a response to a page of one.
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin !== undefined && allowed.has(origin)) response.set(headersFor(request, origin));
    next();
  };
  return [handler];
}

function headersFor(request: Request, origin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    ...(request.path.startsWith(COOKIE_PATHS) && { 'Access-Control-Allow-Credentials': 'true' }),
    ...(isPreflight(request) ? preflightHeaders : { 'Access-Control-Expose-Headers': EXPOSED_HEADERS }),
  };
}

const preflightHeaders = {
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': REQUEST_HEADERS,
  'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE_S),
};

function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
