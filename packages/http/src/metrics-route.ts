import type { Metrics } from '@florin/runtime';
import type { RequestHandler } from 'express';
import { createRouter, mountPath } from './mount-path.ts';

/** `GET /metrics` in Prometheus' text format. */
export function metricsRoute({ registry }: Pick<Metrics, 'registry'>): RequestHandler {
  const show: RequestHandler = async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  };
  const router = createRouter();
  mountPath(router, '/metrics', { get: [show] });
  return router;
}
