import { AppError, requestErrors } from '@florin/app-response';
import type { RequestHandler } from 'express';

/**
 * Characters that no URL has (RFC 3986), and that programs read differently. Express drops a fragment and then reads a backslash as
 * a slash, so such a path could evade a proxy's limit on the path that Express reads.
 */
const NOT_IN_URL = /[^!-~]|[#\\]/;
/** Headers that decide who asks, for what and of whom. A proxy and a service may each read another one of two. */
const SINGLE_HEADERS: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type', 'content-length']);
const LENGTHS: ReadonlySet<number> = new Set([...SINGLE_HEADERS].map(({ length }) => length));

/**
 * Rejects requests that a proxy in front may read differently.
 *
 * @throws AppError MALFORMED_REQUEST (400)
 */
export const requireOneReading: RequestHandler = (request, _response, next) => {
  if (NOT_IN_URL.test(request.url)) throw malformed('The path and query may have visible ASCII characters except # and \\.');
  const repeated = repeatedHeader(request.rawHeaders);
  if (repeated !== undefined) throw malformed(`The header ${repeated} may occur once.`);
  if (request.headers.host === undefined && request.httpVersion !== '1.0') throw malformed('The header Host is required.');
  next();
};

/** @param rawHeaders names and values in turn */
function repeatedHeader(rawHeaders: readonly string[]): string | undefined {
  const seen: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    // Most names are skipped by their length alone.
    if (!LENGTHS.has(name.length)) continue;
    const known = name.toLowerCase();
    if (!SINGLE_HEADERS.has(known)) continue;
    if (seen.includes(known)) return known;
    seen.push(known);
  }
  return undefined;
}

function malformed(detail: string): AppError {
  return new AppError(requestErrors.MALFORMED_REQUEST, { detail });
}
