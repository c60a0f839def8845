import { AppError, errorMiddleware, notFoundMiddleware, requestErrors } from '@florin/app-response';
import { newId, recogniseDatabaseFault } from '@florin/database';
import { readTraceparent } from '@florin/events';
import { createCursorSeal } from '@florin/pagination';
import express, { type Express, type Request, type RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { NO_STORE } from './cache-control.ts';
import { documentationRoutes } from './documentation.ts';
import type { Endpoint } from './endpoint.ts';
import { type HealthCheck, healthRoutes } from './health.ts';
import { limitRequests, type RequestLimits } from './limit-requests.ts';
import { faultOf, type Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { type Guard, mountEndpoints } from './mount-endpoints.ts';
import { currentRequestId, runInContext } from './request-context.ts';

const noLimits = { userPerMinute: 0, addressPerMinute: 0, trustedProxies: 0 };
const BODY_LIMIT = '100kb';
const BODY_TIMEOUT_MS = 60_000;
const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;
/** Asked every few seconds by machines. */
const PROBE = /^\/(health\/|metrics$)/;
/** Nothing that a browser would run, load or frame; the documentation's page has headers of its own. */
const headersOfData: HelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  xFrameOptions: { action: 'deny' },
  // These say something about pages and their neighbours, nothing about data, and each costs a microsecond of every request.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

export type AppOptions = {
  title: string;
  endpoints: readonly Endpoint[];
  guard: Guard;
  logger: Logger;
  metrics: Metrics;
  readiness: Readonly<Record<string, HealthCheck>>;
  /** Seals the cursors of lists; the same in every instance of the service. */
  cursorKey: string | Buffer;
  /** None unless told. */
  limits?: RequestLimits & { trustedProxies: number };
  /** So long a client may take to send a JSON body. */
  bodyTimeoutMs?: number;
};

/** The Express app of a service: request id, security headers, JSON, health, metrics, documentation, its endpoints, errors. */
export function createApp(options: AppOptions): Express {
  const {
    title,
    endpoints,
    guard,
    logger,
    metrics,
    readiness,
    cursorKey,
    limits = noLimits,
    bodyTimeoutMs = BODY_TIMEOUT_MS,
  } = options;
  const app = express();
  app.set('trust proxy', limits.trustedProxies);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  neverFresh(app);
  app.use(requestContext, accessLog(logger, metrics), helmet(headersOfData));
  app.use(healthRoutes(readiness), metrics.routes, documentationRoutes(title, endpoints));
  mountEndpoints(app, endpoints, {
    guard: limitRequests(guard, limits),
    cursors: createCursorSeal(cursorKey),
    readBody: [jsonBody(bodyTimeoutMs), refuseOtherBodies],
  });
  app.use(notFoundMiddleware);
  app.use(
    errorMiddleware({
      requestIdOf: () => currentRequestId() ?? '',
      onFault: (error, status) => logger.log(status === 503 ? 'warn' : 'error', 'request failed', { status, ...faultOf(error) }),
      recognise: recogniseDatabaseFault,
    }),
  );
  return app;
}

/**
 * Express answers 304 whenever `If-None-Match` names the `ETag` that an endpoint gave, or is `*`. An `ETag` here is the version that
 * `If-Match` is compared with, and does not change with all that an answer shows: a product's leaves out its stock.
 */
function neverFresh({ request }: Express): void {
  Object.defineProperty(request, 'fresh', { value: false });
}

const requestContext: RequestHandler = (request, response, next) => {
  const offered = request.get('x-request-id');
  const requestId = offered !== undefined && SANE_REQUEST_ID.test(offered) ? offered : newId();
  const traceparent = readTraceparent(request.get('traceparent'));
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', NO_STORE);
  runInContext({ requestId, ...(traceparent !== undefined && { traceparent }) }, next);
};

function accessLog(logger: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    const requestId = currentRequestId();
    response.once('close', () => {
      const durationS = Number(process.hrtime.bigint() - startedAt) / 1e9;
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.observeRequest({ method: request.method, route, status }, durationS);
      if (route === 'none' && status < 400) return;
      const isProbe = PROBE.test(request.path);
      logger.log(isProbe ? 'debug' : 'info', 'request', {
        requestId,
        method: request.method,
        path: request.path,
        status,
        durationMs: Math.round(durationS * 1e4) / 10,
      });
    });
    next();
  };
}

/** The server itself gives a request as long as the largest stream may take. */
function jsonBody(timeoutMs: number): RequestHandler {
  const parse = express.json({ limit: BODY_LIMIT, strict: true, type: ['application/json', 'application/*+json'] });
  return (request, response, next) => {
    if (!hasBody(request)) {
      next();
      return;
    }
    let isOver = false;
    const end = (error?: unknown): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      next(error);
    };
    const timer = setTimeout(
      () => end(new AppError(requestErrors.REQUEST_TIMEOUT, { headers: { Connection: 'close' } })),
      timeoutMs,
    );
    parse(request, response, end);
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A body that is not JSON would otherwise be read as none at all, and its sender told of missing fields. */
const refuseOtherBodies: RequestHandler = (request, _response, next) => {
  next(hasBody(request) && request.body === undefined ? new AppError(requestErrors.UNSUPPORTED_MEDIA_TYPE) : undefined);
};
