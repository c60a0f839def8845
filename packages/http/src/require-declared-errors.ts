import { AssertionError } from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import type { ErrorRequestHandler, Request } from 'express';
import type { Endpoint } from './endpoint.ts';
import { errorsOf } from './endpoint-errors.ts';

/** Errors of reading a request, which GET has as well although its documentation leaves them out. */
const ofEdge: readonly string[] = [
  requestErrors.REQUEST_TIMEOUT.code,
  requestErrors.PAYLOAD_TOO_LARGE.code,
  requestErrors.UNSUPPORTED_MEDIA_TYPE.code,
];

/**
 * Checks that an endpoint declares the errors that it answers, so that the API document has all of them.
 *
 * @param onUndeclared gets the fault; returns the error to answer with
 */
export function requireDeclaredErrors(
  endpoints: readonly Endpoint[],
  onUndeclared: (fault: AssertionError, error: AppError) => unknown,
): ErrorRequestHandler {
  const declared = new Map<string, ReadonlySet<string>>(
    endpoints.flatMap((endpoint) => {
      const codes = new Set([...errorsOf(endpoint).map(({ code }) => code), ...ofEdge]);
      return [endpoint, ...(endpoint.formerPaths ?? [])].map(({ path }) => [`${endpoint.method} ${path}`, codes] as const);
    }),
  );
  return (error: unknown, request, _response, next) => {
    const route = routeOf(request);
    const isDeclared = !(error instanceof AppError) || declared.get(route)?.has(error.code) !== false;
    next(isDeclared ? error : onUndeclared(undeclared(route, error), error));
  };
}

function undeclared(route: string, { code }: AppError): AssertionError {
  return new AssertionError({ message: `${route} answers ${code}, which it does not declare in its errors` });
}

function routeOf({ method, route }: Request): string {
  const { path = '' } = (route ?? {}) as { path?: string };
  return `${method === 'HEAD' ? 'get' : method.toLowerCase()} ${path}`;
}
