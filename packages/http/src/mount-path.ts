import { AppError, requestErrors } from '@florin/app-response';
import type { IRouter, RequestHandler } from 'express';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type HandlersByMethod = Readonly<Partial<Record<Method, readonly RequestHandler[]>>>;

/**
 * Mounts everything that one path answers: its methods, `OPTIONS` with 204, and every other method with 405. The last two name the
 * methods in `Allow`. A path that is mounted here cannot answer 404 to a method, and no later path takes its requests.
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

/** Express answers `HEAD` with the handlers of `GET`. */
function allowOf(methods: readonly Method[]): string {
  const allowed = methods.map((method) => method.toUpperCase());
  return [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}
