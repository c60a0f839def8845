import { AppError, requestErrors } from '@florin/app-response';
import { type IRouter, type RequestHandler, Router } from 'express';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type HandlersByMethod = Readonly<Partial<Record<Method, readonly RequestHandler[]>>>;

/** Creates a router in which each path has one spelling, as in the app: case matters, and so does a slash at the end. */
export function createRouter(): Router {
  return Router({ caseSensitive: true, strict: true });
}

/**
 * Mounts all handlers of a path: its methods, `OPTIONS` with 204, and 405 for every other method, both with `Allow` (RFC 9110,
 * section 10.2.1). A path mounted here answers every method, so no later route gets its requests.
 */
export function mountPath(router: IRouter, path: string, handlers: HandlersByMethod): void {
  const route = router.route(path);
  const methods = Object.keys(handlers) as Method[];
  for (const method of methods) route[method](...(handlers[method] ?? []));
  const headers = { Allow: allowOf(methods) };
  route.all((request, response) => {
    if (request.method !== 'OPTIONS') throw new AppError(requestErrors.METHOD_NOT_ALLOWED, { headers });
    response.status(204).set(headers).end();
  });
}

/** Lists the methods for `Allow`. Express answers `HEAD` with the handlers of `GET`. */
function allowOf(methods: readonly Method[]): string {
  const allowed = methods.map((method) => method.toUpperCase());
  return [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}
