import { type AppError, errorMiddleware, notFoundMiddleware } from '@florin/app-response';
import { recogniseDatabaseFault } from '@florin/database';
import { createCursorSeal } from '@florin/pagination';
import {
  type AddressLogging,
  currentRequestId,
  faultOf,
  type HealthCheck,
  type Logger,
  type Metrics,
  type Tracer,
} from '@florin/runtime';
import express, { type Express } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { addressForLog } from './address-for-log.ts';
import { allowOrigins } from './cross-origin.ts';
import { documentationRoutes } from './documentation.ts';
import type { Endpoint } from './endpoint.ts';
import { healthRoutes } from './health.ts';
import { createRequestLimiter, type KnownUser, type RequestLimits } from './limit-requests.ts';
import { logRequests } from './log-requests.ts';
import { metricsRoute } from './metrics-route.ts';
import { type Guard, mountEndpoints } from './mount-endpoints.ts';
import { openApiDocument } from './openapi-document.ts';
import { MAX_BODY_BYTES, readWholeBody } from './read-body.ts';
import { requireOneReading } from './request-form.ts';
import { requireDeclaredErrors } from './require-declared-errors.ts';
import { closeIfUnread } from './unread-body.ts';

const noLimits = { userPerMinute: 0, addressPerMinute: 0, trustedProxies: 0 };
const BODY_TIMEOUT_MS = 60_000;
/** Security headers for responses that are data: a browser must not run, load or frame anything. `/docs` sets its own. */
const headersOfData: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  // These concern pages, not data, and each costs a microsecond per request.
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
  /** Exempts users from the limit of their address (default: none are known). See `createRequestLimiter`. */
  knownUser?: KnownUser;
  /** Called before endpoints that need fresh revocations (default: they are always fresh). */
  assertFreshRevocations?(): void;
  logger: Logger;
  metrics: Metrics;
  /** Undefined: requests are not traced. */
  tracer?: Tracer | undefined;
  readiness: Readonly<Record<string, HealthCheck>>;
  /** Key that seals the cursors of lists. All instances of a service share it. */
  cursorKey: string | Buffer;
  /** How client addresses stand in the log (default hashed, with the cursor key). */
  logAddresses?: AddressLogging;
  /** Request limits (default: none) and the number of trusted proxies in front of the service. */
  limits?: RequestLimits & { trustedProxies: number };
  /**
   * Called if an endpoint answers an error that it does not declare. Returns the error to answer with (default the fault, which
   * becomes a 500).
   */
  onUndeclaredError?(fault: Error, error: AppError): unknown;
  /** Origins whose pages may read responses (default: none). */
  corsOrigins?: readonly string[];
  /** Milliseconds within which a client must send a JSON body (default 60,000). */
  bodyTimeoutMs?: number;
};

/**
 * Creates the Express app of a service: request id, security headers, JSON bodies, health, metrics, documentation, endpoints,
 * errors.
 */
export function createApp(options: AppOptions): Express {
  const {
    title,
    endpoints,
    guard,
    logger,
    metrics,
    tracer,
    readiness,
    cursorKey,
    logAddresses = 'hashed',
    limits = noLimits,
    knownUser = () => undefined,
    corsOrigins = [],
    bodyTimeoutMs = BODY_TIMEOUT_MS,
    onUndeclaredError = (fault) => fault,
  } = options;
  const app = express();
  app.set('trust proxy', limits.trustedProxies);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // Each path has one spelling, so that a proxy's limit on a path cannot be evaded.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  disableNotModified(app);
  const limiter = createRequestLimiter(limits, knownUser);
  app.use(logRequests({ logger, metrics, tracer, addressOf: addressForLog(logAddresses, cursorKey) }));
  app.use(...allowOrigins(corsOrigins), helmet(headersOfData));
  app.use(healthRoutes(readiness), metricsRoute(metrics), ...limiter.beforeAll, requireOneReading);
  const readDocument = once(() => JSON.stringify(openApiDocument(title, endpoints)));
  // Tests compare every answer with it.
  Object.assign(app.locals, { title, readDocument, successors: successorsOf(endpoints) });
  app.use(documentationRoutes({ title, readDocument }, limiter.ofAddress));
  mountEndpoints(app, endpoints, {
    guard: limiter.guarded(guard),
    assertFreshRevocations: options.assertFreshRevocations ?? (() => {}),
    cursors: createCursorSeal(cursorKey),
    readBody: ({ maxBodyBytes: maxBytes = MAX_BODY_BYTES, isFlatBody: isFlat, binaryBody: binary }) =>
      readWholeBody({ maxBytes, isFlat, binary, timeoutMs: bodyTimeoutMs }),
  });
  app.use(notFoundMiddleware, requireDeclaredErrors(endpoints, onUndeclaredError), ...limiter.onError, closeIfUnread);
  app.use(
    errorMiddleware({
      requestIdOf: () => currentRequestId() ?? '',
      onFault: (error, status) => logger.log(status === 503 ? 'warn' : 'error', 'request failed', { status, ...faultOf(error) }),
      recognise: recogniseDatabaseFault,
    }),
  );
  return app;
}

/** The documented paths of former ones. */
function successorsOf(endpoints: readonly Endpoint[]): Record<string, string> {
  const successors = endpoints.flatMap(({ path, formerPaths = [], formerQueries = [] }): [string, string][] => [
    ...formerPaths.map((former): [string, string] => [former.path, path]),
    ...formerQueries.map(({ name, successor }): [string, string] => [`${path}?${name}`, successor]),
  ]);
  return Object.fromEntries(successors);
}

/** Builds a text when it is first needed, so that a start does not wait for the API document. */
function once(build: () => string): () => string {
  let built: string | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/**
 * Disables 304. Express answers 304 whenever `If-None-Match` names the response's `ETag` or is `*`. Here an `ETag` is the
 * version for `If-Match`, and does not change with everything that a response shows: a product's version does not change with
 * its stock.
 */
function disableNotModified({ request }: Express): void {
  Object.defineProperty(request, 'fresh', { value: false });
}
