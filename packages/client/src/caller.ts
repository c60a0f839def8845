import createFetchClient from 'openapi-fetch';
import type { CallOptions } from './api-types.ts';
import { keyedOperations, servicePaths } from './generated/routes.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { FlorinNetworkError, FlorinProblem, type RequestFacts } from './problem.ts';
import { type RetryPolicy, withRetries } from './retry.ts';
import { type AccessToken, isUnauthenticated, type TokenSource } from './session.ts';

export type ServiceName = keyof typeof servicePaths;

/** One address for all services, such as that of the gateway, or one for each service that is called. */
export type BaseUrl = string | Readonly<Partial<Record<ServiceName, string>>>;

export type CallerOptions = {
  baseUrl: BaseUrl;
  fetch: (request: Request) => Promise<Response>;
  headers: Readonly<Record<string, string>>;
  retry: RetryPolicy;
  timeoutMs: number;
  isCookie: boolean;
};

/** A call whose types are checked where it is made. */
export type UntypedInit = CallOptions & {
  params?: { header?: Record<string, unknown>; query?: Record<string, unknown>; path?: Record<string, unknown> };
  body?: unknown;
};

export type UntypedAnswer = { data: unknown; page: unknown; response: Response };
export type UntypedCall = (method: string, path: string, init?: UntypedInit) => Promise<UntypedAnswer>;

/**
 * Sends one request as it is: neither repeated nor converted.
 *
 * @param path with its query
 * @returns the response, whatever its status
 * @throws what `fetch` throws
 */
export type RawCall = (path: string, init?: RequestInit) => Promise<Response>;

type Sent = { data?: unknown; error?: unknown; response: Response };
type Send = (method: string, path: string, init: object) => Promise<Sent>;

/**
 * Creates the function that all calls go through: it adds key and token, repeats, and converts failures.
 *
 * @param tokens undefined for calls without a token
 */
export function createCaller(options: CallerOptions, tokens?: TokenSource): UntypedCall {
  const { fetch, headers, isCookie } = options;
  // The types of the calls are those of `Calls`.
  const send = createFetchClient({ fetch, headers, bodySerializer: serialize, querySerializer }).request as unknown as Send;
  return async (method, path, { idempotencyKey, signal, retry, timeoutMs = options.timeoutMs, params, ...init } = {}) => {
    const key = idempotencyKey ?? (isKeyed(method, path) ? newIdempotencyKey() : undefined);
    const request: RequestFacts = { method: method.toUpperCase(), path, idempotencyKey: key };
    const once = async (token: AccessToken | undefined): Promise<UntypedAnswer> => {
      const header = {
        ...params?.header,
        ...(key && { 'Idempotency-Key': key }),
        ...(token && { Authorization: `Bearer ${token.accessToken}` }),
      };
      const limit = AbortSignal.timeout(timeoutMs);
      const answer = send(method, path, {
        ...init,
        baseUrl: addressOf(options.baseUrl, path),
        params: { ...params, header },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(isCookie && path.startsWith('/v1/auth/') ? { credentials: 'include' } : {}),
      });
      return answerOf(request, await answer.catch((error: unknown) => noAnswer(request, error, signal)));
    };
    const attempt = async (): Promise<UntypedAnswer> => {
      const token = await tokens?.current(signal);
      return once(token).catch(async (error: unknown) => {
        // The server has done nothing yet, so a write may be sent again too.
        const renewed = token && isUnauthenticated(error) ? await tokens?.renew(token, signal) : undefined;
        if (renewed === undefined) throw error;
        return once(renewed);
      });
    };
    const isRepeatable = retry !== false && (method === 'get' || key !== undefined);
    return isRepeatable ? withRetries(attempt, { policy: { ...options.retry, ...retry }, signal }) : attempt();
  };
}

/** Sends one request, with the token, to the service of the path. */
export function createRawCall({ baseUrl, fetch, headers }: CallerOptions, tokens: TokenSource): RawCall {
  return async (path, init = {}) => {
    const token = await tokens.current(init.signal);
    const all = new Headers(headers);
    if (token !== undefined) all.set('Authorization', `Bearer ${token.accessToken}`);
    for (const [name, value] of new Headers(init.headers)) all.set(name, value);
    const [pathname = ''] = path.split('?');
    return fetch(new Request(addressOf(baseUrl, pathname) + path, { ...init, headers: all }));
  };
}

/** Parameters with free names, such as `attribute.Colour`, are members of an object. */
const querySerializer = { object: { style: 'form', explode: true } } as const;

/** A text, such as a file, is sent as it is. */
function serialize(body: unknown): unknown {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function isKeyed(method: string, path: string): boolean {
  return (keyedOperations as readonly string[]).includes(`${method} ${path}`);
}

/** The service whose longest prefix the path has. */
function addressOf(baseUrl: BaseUrl, path: string): string {
  if (typeof baseUrl === 'string') return baseUrl;
  const prefixes = Object.entries(servicePaths).flatMap(([name, all]) =>
    all.map((prefix) => ({ name: name as ServiceName, prefix })),
  );
  const { name } = prefixes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`)) ?? {};
  if (name === undefined) throw new TypeError(`No service has the path ${path}`);
  const address = baseUrl[name];
  if (address === undefined) throw new TypeError(`baseUrl has no address of the service ${name}, which has the path ${path}`);
  return address;
}

function answerOf(request: RequestFacts, { data: body, error, response }: Sent): UntypedAnswer {
  if (!response.ok) throw new FlorinProblem(request, response, error);
  const { data, page } = isEnvelope(body) ? body : { data: body, page: undefined };
  return { data, page, response };
}

function isEnvelope(body: unknown): body is { data: unknown; page?: unknown } {
  return typeof body === 'object' && body !== null && 'data' in body;
}

/** An answer that is no JSON counts as none: it comes from a proxy, or was cut. */
function noAnswer(request: RequestFacts, error: unknown, signal: AbortSignal | undefined): never {
  if (signal?.aborted) throw signal.reason as Error;
  throw new FlorinNetworkError(request, error);
}
