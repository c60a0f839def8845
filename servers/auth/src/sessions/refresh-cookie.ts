import { isAllowedOrigin, requireOrigin } from '@florin/http';
import type { Request } from 'express';

const NAME = 'florin_refresh';
/** The only paths that the browser sends it to. */
const PATH = '/v1/auth';
const TOKEN = /^[\w-]{1,200}$/;

/** The cookie of a request. `token`: absent if the cookie was sent several times or has another form. */
export type SentCookie = { token: string | undefined };

/** The refresh token of a browser, in a cookie that no script can read (RFC 6265bis). */
export type RefreshCookie = {
  /** Returns the header that stores a refresh token in the browser. */
  store(request: Request, refreshToken: string): Record<string, string>;
  /** Returns the header that deletes the cookie. */
  clear(request: Request): Record<string, string>;
  /**
   * Reads the cookie of a request that has no other token.
   *
   * @returns undefined if it was not sent
   * @throws AppError ORIGIN_NOT_ALLOWED (403) if it was sent from a page of another origin
   */
  require(request: Request): SentCookie | undefined;
  /** Reads the cookie of a request that is authenticated already; from a page of another origin the cookie does not count. */
  readBeside(request: Request): SentCookie | undefined;
};

type Options = {
  /** Origins whose pages may use the cookie, beside our own. */
  origins: readonly string[];
  /** Seconds without a refresh after which the session ends. */
  maxAgeS: number;
  isProduction: boolean;
};

export function createRefreshCookie({ origins, maxAgeS, isProduction }: Options): RefreshCookie {
  const header = ({ hostname }: Request, value: string, ageS: number): Record<string, string> => {
    const isSecure = isProduction || !isLoopback(hostname);
    const attributes = [`Path=${PATH}`, `Max-Age=${ageS}`, 'HttpOnly', 'SameSite=Strict', ...(isSecure ? ['Secure'] : [])];
    return { 'Set-Cookie': [`${NAME}=${value}`, ...attributes].join('; ') };
  };
  return {
    store: (request, refreshToken) => header(request, refreshToken, maxAgeS),
    clear: (request) => header(request, '', 0),
    require(request) {
      const sent = sentCookie(request);
      if (sent !== undefined) requireOrigin(request, origins);
      return sent;
    },
    readBeside: (request) => (isAllowedOrigin(request, origins) ? sentCookie(request) : undefined),
  };
}

/** A neighbour host can set a second cookie of the name for the whole domain. Neither of two is trusted. */
function sentCookie({ headers }: Request): SentCookie | undefined {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const [name = '', ...value] = pair.trim().split('=');
    return name === NAME ? [value.join('=')] : [];
  });
  const [only] = values;
  if (only === undefined) return undefined;
  return { token: values.length === 1 && TOKEN.test(only) ? only : undefined };
}

/** Some browsers do not send secure cookies to their own machine in plain text. */
function isLoopback(hostname: string | undefined): boolean {
  return hostname !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
