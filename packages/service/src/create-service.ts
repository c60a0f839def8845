import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import { deadLetterRoutes, parkedEventRoutes, requireDurability, type Subscriptions } from '@florin/messaging';
import type { Logger, Service } from '@florin/runtime';
import type { Job } from './feature.ts';
import { requireRights } from './require-rights.ts';
import type { ServiceConfig, ServiceOptions } from './service-definition.ts';
import { assembleParts, type ServiceParts } from './service-parts.ts';
import { type TokenWatch, watchTokens } from './watch-tokens.ts';

export type FlorinService = Service & {
  /** The port that it listens on; before `start` the configured one. */
  port(): number;
  logger: Logger;
  endpoints: readonly Endpoint[];
  subscriptions: Subscriptions;
  invariants: readonly Invariant[];
};

/**
 * Builds a service from its features. Nothing connects before `start`.
 *
 * Order of start; each step needs the earlier ones:
 *  1. clocks: all later steps may depend on the right time
 *  2. rights of the database user, and triggers: no writes that a safeguard should prevent. Durability, in production: no writes
 *     to a database or broker that may lose them
 *  3. `prepare` of each feature: keys exist before they verify tokens
 *  4. token verifier: has its keys before the first request or revocation
 *  5. messaging: relay and consumer; an unavailable broker does not fail the start
 *  6. sessions: revocations go to the verifier
 *  7. jobs of each feature
 *  8. HTTP: all of the above runs before the first request
 *
 * Order of stop, the reverse except for the clocks:
 *  1. waiting requests are answered, 2. HTTP: accepts no new requests and finishes the running ones
 *  3. clocks: they read the database and the broker, which close below; their last readings stay valid
 *  4. jobs: they still write and append events
 *  5. sessions and messaging: the consumer finishes its batch, the relay stops, the broker disconnects
 *  6. token verifier, 7. database: all of the above uses it
 *
 * Every step of stop is harmless without its step of start, so a failed start is stopped in the same way.
 */
export function createService<Config extends ServiceConfig>(options: ServiceOptions<Config>): FlorinService {
  const parts = assembleParts(options);
  const tokens = watchTokens(parts);
  const endpoints = endpointsOf(parts);
  const app = createServiceApp(parts, tokens, endpoints);
  let http: HttpServer | undefined;
  return {
    endpoints,
    logger: parts.logger,
    subscriptions: parts.messaging.handling.subscriptions,
    invariants: parts.features.flatMap(({ invariants = [] }) => invariants),
    port: () => http?.port ?? parts.config.port,
    async start() {
      const { name, config, features, clocks, db, broker, messaging, logger } = parts;
      await clocks.start();
      await requireRights(db, { rights: options.rights, isProduction: config.isProduction, logger });
      if (config.isProduction) await requireDurability(db, broker);
      for (const feature of features) await feature.prepare?.();
      await tokens.verifier.start();
      messaging.start();
      await tokens.sessions.start();
      for (const job of jobsOf(parts)) await job.start?.();
      http = await startHttpServer(app, { ...config, tls: config.httpTls, portSetting: `${name.toUpperCase()}_PORT` });
      logger.info('listening', { port: http.port });
    },
    async stop() {
      for (const feature of parts.features) feature.releaseRequests?.();
      await http?.stop();
      parts.clocks.stop();
      await Promise.all(jobsOf(parts).map(async (job) => job.stop()));
      await Promise.all([tokens.sessions.stop(), parts.messaging.stop()]);
      await tokens.verifier.stop();
      await Promise.all([parts.db, ...parts.pools].map((pool) => pool.destroy()));
    },
  };
}

/** The invariants of the features, in list order, and those of every service. */
function endpointsOf({ name, db, features, messaging }: ServiceParts): Endpoint[] {
  return [
    ...features.flatMap(({ endpoints = [] }) => endpoints),
    ...deadLetterRoutes(name, messaging.handling),
    ...parkedEventRoutes(name, { db, wake: messaging.wake }),
    ...auditLogRoutes(name, db),
  ];
}

function jobsOf({ features }: ServiceParts): Job[] {
  return features.flatMap(({ jobs = [] }) => jobs);
}

function createServiceApp(
  parts: ServiceParts,
  { guard, knownUser, verifier, sessions, assertFreshRevocations }: TokenWatch,
  endpoints: readonly Endpoint[],
) {
  const { name, config, db, clocks, messaging, logger, metrics } = parts;
  return createApp({
    title: `Florin ${name}`,
    endpoints,
    guard,
    knownUser,
    assertFreshRevocations,
    limits: config.limits,
    corsOrigins: config.corsOrigins,
    cursorKey: config.cursorKey,
    logAddresses: config.logAddresses,
    logger,
    metrics,
    readiness: {
      database: async () => {
        await db.raw('SELECT 1');
        clocks.check('database');
      },
      keys: verifier.check,
      sessions: sessions.check,
      ...messaging.checks,
    },
  });
}
