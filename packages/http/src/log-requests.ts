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
  type Span,
  type Tracer,
  usualMethods,
} from '@florin/runtime';
import type { Request, RequestHandler, Response } from 'express';
import { NO_STORE } from './cache-control.ts';
import { clientAddress } from './client-address.ts';
import { fillPath } from './path-pattern.ts';

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Paths that monitoring requests every few seconds. */
const PROBE = /^\/(health\/|metrics$)/;
/** The path of one purchase, at its own endpoints and in `Location`. */
const PURCHASE = /^\/v1\/purchases\/([0-9a-f-]{36})/i;

type Options = {
  logger: Logger;
  metrics: Metrics;
  /** Undefined: requests are not traced. */
  tracer?: Tracer | undefined;
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
      if (context.span !== undefined) endSpan(context.span, request, { response, requestId: context.requestId });
    });
    runInContext(context, next);
  };
}

function contextOf(request: Request, response: Response, { addressOf, tracer }: Options): RequestContext {
  const offered = request.get('x-request-id');
  const parent = readTraceparent(request.get('traceparent'));
  const span = tracer === undefined || PROBE.test(request.url) ? undefined : tracer.start('HTTP', { kind: 'server', parent });
  return {
    requestId: newId(),
    clientRequestId: offered !== undefined && SANE_REQUEST_ID.test(offered) ? offered : undefined,
    traceparent: span?.traceparent ?? parent,
    span,
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
  const status = statusOf(response);
  metrics.observeRequest({ method, route, status }, durationS);
  if (status === 403) recordSecurityEvent({ logger, metrics }, 'authorization.denied', { method, status });
  if (route === 'none' && status < 400) return;
  const durationMs = Math.round(durationS * 1e4) / 10;
  logger.log(PROBE.test(request.path) ? 'debug' : 'info', 'request', { method, status, durationMs });
}

/** Names and attributes are those of OpenTelemetry's semantic conventions for HTTP. The path is left out: it can have any text. */
function endSpan(span: Span, request: Request, { response, requestId }: { response: Response; requestId: string }): void {
  const route = routeOf(request);
  const status = statusOf(response);
  const method = usualMethods.includes(request.method) ? request.method : '_OTHER';
  const name = method === '_OTHER' ? 'HTTP' : method;
  span.end({
    name: route === 'none' ? name : `${name} ${route}`,
    attributes: {
      'http.request.method': method,
      'http.route': route === 'none' ? undefined : route,
      'http.response.status_code': status,
      'florin.request.id': requestId,
      'florin.purchase.id': purchaseIdOf(request, response),
      'enduser.id': userOf(request)?.id,
    },
    errorType: status >= 500 ? String(status) : undefined,
  });
}

/** 499: the client has closed the connection. */
function statusOf(response: Response): number {
  return response.writableFinished ? response.statusCode : 499;
}

function routeOf(request: Request): string {
  const path = (request.route as { path?: string } | undefined)?.path ?? 'none';
  return path.includes('\\') ? fillPath(path, (name) => `:${name}`) : path;
}

function purchaseIdOf(request: Request, response: Response): string | undefined {
  const location = response.getHeader('Location');
  const id = PURCHASE.exec(typeof location === 'string' ? location : request.path)?.[1];
  return id !== undefined && isId(id) ? id.toLowerCase() : undefined;
}
