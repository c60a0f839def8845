import { userOf } from '@florin/auth-middleware';
import { isId, newId } from '@florin/database';
import { readTraceparent } from '@florin/events';
import {
  type LogFields,
  type Logger,
  type Metrics,
  type RequestContext,
  recordSecurityEvent,
  runInContext,
} from '@florin/runtime';
import type { Request, RequestHandler, Response } from 'express';
import { NO_STORE } from './cache-control.ts';
import { clientAddress } from './client-address.ts';

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Paths that monitoring requests every few seconds. */
const PROBE = /^\/(health\/|metrics$)/;
/** The path of one purchase, at its own endpoints and in `Location`. */
const PURCHASE = /^\/v1\/purchases\/([0-9a-f-]{36})/i;

type Options = {
  logger: Logger;
  metrics: Metrics;
  /** Returns how an address stands in the log; undefined: not at all. */
  addressOf(address: string): string | undefined;
};

/**
 * Gives each request its context and writes one log line when it ends. The request id is always a new one, because a client could
 * choose that of another request. The client's id is kept beside it.
 */
export function logRequests(options: Options): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const context = contextOf(request, response, options);
    response.setHeader('X-Request-Id', context.requestId);
    response.setHeader('Cache-Control', NO_STORE);
    response.once('close', () => {
      const durationS = Number(process.hrtime.bigint() - startedAt) / 1e9;
      runInContext(context, () => logEnd(request, response, { ...options, durationS }));
    });
    runInContext(context, next);
  };
}

function contextOf(request: Request, response: Response, { addressOf }: Options): RequestContext {
  const offered = request.get('x-request-id');
  return {
    requestId: newId(),
    clientRequestId: offered !== undefined && SANE_REQUEST_ID.test(offered) ? offered : undefined,
    traceparent: readTraceparent(request.get('traceparent')),
    describe: () => describeRequest(request, response, addressOf),
  };
}

/** Has the route, not the path: a path can have any text. */
function describeRequest(request: Request, response: Response, addressOf: Options['addressOf']): LogFields {
  const user = userOf(request);
  return {
    userId: user?.id,
    sessionId: user?.sessionId,
    address: addressOf(clientAddress(request)),
    route: routeOf(request),
    purchaseId: purchaseIdOf(request, response),
  };
}

function logEnd(request: Request, response: Response, { logger, metrics, durationS }: Options & { durationS: number }): void {
  const { method } = request;
  const route = routeOf(request);
  const status = response.writableFinished ? response.statusCode : 499;
  metrics.observeRequest({ method, route, status }, durationS);
  if (status === 403) recordSecurityEvent({ logger, metrics }, 'authorization.denied', { method, status });
  if (route === 'none' && status < 400) return;
  const durationMs = Math.round(durationS * 1e4) / 10;
  logger.log(PROBE.test(request.path) ? 'debug' : 'info', 'request', { method, status, durationMs });
}

function routeOf(request: Request): string {
  return (request.route as { path?: string } | undefined)?.path ?? 'none';
}

function purchaseIdOf(request: Request, response: Response): string | undefined {
  const location = response.getHeader('Location');
  const id = PURCHASE.exec(typeof location === 'string' ? location : request.path)?.[1];
  return id !== undefined && isId(id) ? id.toLowerCase() : undefined;
}
