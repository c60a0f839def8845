import { AppError, requestErrors } from '@florin/app-response';
import type { Request } from 'express';

/**
 * Requires that a request comes from a page of our own or of an allowed origin. Browsers send `Origin` with each POST and no page
 * can change it, so a page of another origin cannot use a cookie of the browser (OWASP, cross-site request forgery prevention).
 *
 * @param origins allowed origins beside our own
 * @throws AppError ORIGIN_NOT_ALLOWED (403), also without `Origin`
 */
export function requireOrigin(request: Request, origins: readonly string[]): void {
  if (!isAllowedOrigin(request, origins)) throw new AppError(requestErrors.ORIGIN_NOT_ALLOWED);
}

export function isAllowedOrigin(request: Request, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  return origin !== undefined && (origins.includes(origin) || origin === ownOrigin(request));
}

/**
 * The origin that the client addressed: `Host` and the protocol of the connection, or `X-Forwarded-Host` and `X-Forwarded-Proto`
 * of a trusted proxy.
 */
function ownOrigin({ protocol, host }: Request): string | undefined {
  const url = `${protocol}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
