import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer, type Tag } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import {
  deadLetterRoutes,
  messagingInvariants,
  parkedEventRoutes,
  requireDurability,
  type Subscriptions,
} from '@florin/messaging';
import { componentLogger, faultOf, type HealthCheck, type Logger, type Metrics, type Service } from '@florin/runtime';
import { checkDatabase } from './check-database.ts';
import type { Job } from './feature.ts';
import { watchInvariants } from './invariant-watch.ts';
import { requireRights } from './require-rights.ts';
import type { ServiceConfig, ServiceOptions } from './service-definition.ts';
import { assembleParts, type ServiceParts } from './service-parts.ts';
import { statusRoutes } from './status-routes.ts';
import { switchRoutes } from './switch-routes.ts';
import type { Switches } from './watch-switches.ts';
import { type TokenWatch, watchTokens } from './watch-tokens.ts';

/** Milliseconds that an event may wait in the outbox before the invariant `outbox` counts it. */
const OUTBOX_MAX_AGE_MS = 60_000;

export type FlorinService = Service & {
  /** The port that it listens on; before `start` the configured one. */
  port(): number;
  /** The title of its API document. */
  title: string;
  logger: Logger;
  metrics: Metrics;
  endpoints: readonly Endpoint[];
  subscriptions: Subscriptions;
  /** The invariants of the features. */
  invariants: readonly Invariant[];
  /** The names of the invariants that are checked in the background. */
  watched: ReadonlySet<string>;
  /** The switches that operators can throw. */
  switches: Switches;
};

/**
 * Builds a service from its features. Nothing connects before `start`.
 *
 * Order of start; each step needs the earlier ones:
 *  0. traces: all that follows may be traced
 *  1. clocks: all later steps may depend on the right time
 *  2. rights of the database user, and triggers: no writes that a safeguard should prevent. Durability, in production: no writes
 *     to a database or broker that may lose them
 *  3. `prepare` of each feature: keys exist before they verify tokens
 *  4. token verifier: has its keys before the first request or revocation
 *  5. switches: messaging does not consume before it knows whether its consumer is paused
 *  6. messaging: relay and consumer; an unavailable broker does not fail the start
 *  7. sessions: revocations go to the verifier
 *  8. jobs of each feature
 *  9. HTTP: all of the above runs before the first request
 * 10. background checks of the invariants: nothing depends on them
 *
 * Order of stop, the reverse except for the clocks:
 *  1. waiting requests are answered, 2. HTTP: accepts no new requests and finishes the running ones
 *  3. clocks: they read the database and the broker, which close below; their last readings stay valid
 *     and the checks of the invariants: they only read
 *  4. jobs: they still write and append events
 *  5. sessions, messaging and switches: the consumer finishes its batch, the relay stops, the broker disconnects
 *  6. token verifier, 7. database: all of the above uses it
 *  8. traces: the collector gets the last spans, if it takes them in time
 *
 * Every step of stop is harmless without its step of start, so a failed start is stopped in the same way.
 */
export function createService<Config extends ServiceConfig>(options: ServiceOptions<Config>): FlorinService {
  const parts = assembleParts(options);
  const tokens = watchTokens(parts);
  const readiness = readinessOf(parts, tokens);
  const endpoints = endpointsOf(parts, readiness);
  const app = createServiceApp(parts, tokens, { endpoints, readiness });
  const invariants = parts.features.flatMap((feature) => feature.invariants ?? []);
  const checked = [...messagingInvariants({ service: parts.name, olderThanMs: OUTBOX_MAX_AGE_MS }), ...invariants];
  const invariantWatch = watchInvariants({
    databaseUrl: parts.config.databaseUrl,
    invariants: checked,
    logger: parts.logger,
    metrics: parts.metrics,
    percent: parts.config.invariantChecksPercent,
  });
  let http: HttpServer | undefined;
  return {
    title: titleOf(parts.name),
    endpoints,
    logger: parts.logger,
    metrics: parts.metrics,
    subscriptions: parts.messaging.handling.subscriptions,
    switches: parts.switches,
    invariants,
    watched: new Set(checked.map(({ check }) => check)),
    port: () => http?.port ?? parts.config.port,
    async start() {
      const { name, config, features, clocks, db, broker, messaging, logger } = parts;
      await parts.tracing.start();
      await clocks.start();
      await requireRights(db, { rights: options.rights, isProduction: config.isProduction, logger });
      if (config.isProduction) await requireDurability(db, broker);
      for (const feature of features) await feature.prepare?.();
      await tokens.verifier.start();
      await parts.switches.start();
      messaging.start();
      await tokens.sessions.start();
      for (const job of jobsOf(parts)) await job.start?.();
      http = await startHttpServer(app, { ...config, tls: config.httpTls, portSetting: `${name.toUpperCase()}_PORT` });
      logger.info('listening', { port: http.port });
      invariantWatch.start();
    },
    async stop() {
      for (const feature of parts.features) feature.releaseRequests?.();
      await http?.stop();
      parts.clocks.stop();
      await invariantWatch.stop();
      await Promise.all(jobsOf(parts).map(async (job) => job.stop()));
      await Promise.all([tokens.sessions.stop(), parts.messaging.stop(), parts.switches.stop()]);
      await tokens.verifier.stop();
      await Promise.all([parts.db, ...parts.pools].map((pool) => pool.destroy()));
      await parts.tracing.stop();
    },
  };
}

/** The invariants of the features, in list order, and those of every service. */
function endpointsOf(parts: ServiceParts, readiness: Readiness): Endpoint[] {
  const { name, db, features, messaging, switches, metrics } = parts;
  return [
    ...features.flatMap(({ endpoints = [], ...tag }) => tagged(endpoints, tag)),
    ...tagged(
      [
        ...deadLetterRoutes(name, messaging.handling),
        ...parkedEventRoutes(name, { db, wake: messaging.wake }),
        ...auditLogRoutes(name, db),
        ...switchRoutes(name, { db, switches }),
        ...statusRoutes(name, { readiness, switches, metrics }),
      ],
      operations,
    ),
  ];
}

const operations = {
  name: 'operations',
  description: 'For admins: status, switches, dead letters, parked events and the audit log of each service',
};

function tagged(endpoints: readonly Endpoint[], { name, description }: Tag): Endpoint[] {
  return endpoints.map((endpoint) => ({ ...endpoint, tag: { name, description } }));
}

function jobsOf({ features }: ServiceParts): Job[] {
  return features.flatMap(({ jobs = [] }) => jobs);
}

function titleOf(service: string): string {
  return `Florin ${service}`;
}

function createServiceApp(
  parts: ServiceParts,
  { guard, knownUser, assertFreshRevocations }: TokenWatch,
  { endpoints, readiness }: { endpoints: readonly Endpoint[]; readiness: Readiness },
) {
  const { name, config, logger, metrics } = parts;
  return createApp({
    title: titleOf(name),
    endpoints,
    guard,
    knownUser,
    assertFreshRevocations,
    limits: config.limits,
    corsOrigins: config.corsOrigins,
    cursorKey: config.cursorKey,
    logAddresses: config.logAddresses,
    onUndeclaredError: (fault, error) => {
      if (!config.isProduction) return fault;
      logger.warn('undeclared error', { ...faultOf(fault) });
      return error;
    },
    logger: componentLogger(logger, 'http'),
    metrics,
    tracer: parts.tracing.tracer,
    readiness,
  });
}

type Readiness = Readonly<Record<string, HealthCheck>>;

function readinessOf({ db, mainPool, clocks, messaging }: ServiceParts, { verifier, sessions }: TokenWatch): Readiness {
  return {
    database: async () => {
      await checkDatabase(db, mainPool);
      clocks.check('database');
    },
    keys: verifier.check,
    sessions: sessions.check,
    ...messaging.checks,
  };
}
