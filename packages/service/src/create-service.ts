import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import { deadLetterRoutes, parkedEventRoutes, requireDurability, type Subscriptions } from '@florin/messaging';
import type { Logger, Service } from '@florin/runtime';
import type { Job } from './feature.ts';
import type { ServiceConfig, ServiceOptions } from './service-definition.ts';
import { assembleParts, type ServiceParts } from './service-parts.ts';
import { type TokenWatch, watchTokens } from './watch-tokens.ts';

export type FlorinService = Service & {
  /** The port it listens on; before `start` the one of its settings. */
  port(): number;
  logger: Logger;
  endpoints: readonly Endpoint[];
  subscriptions: Subscriptions;
  invariants: readonly Invariant[];
};

/**
 * Builds a service from its features. Nothing connects before `start`.
 *
 * Order of start, in which each step needs the ones before it:
 *  1. clocks: whatever follows may depend on the time being right
 *  2. durability, in production: nothing is written to a database or broker that may lose it
 *  3. `prepare` of each feature: keys exist before tokens are verified with them
 *  4. token verifier: its keys are known before a request or a revocation comes
 *  5. messaging: relay and consumer; a broker that is away does not fail the start
 *  6. sessions: revocations go to the verifier
 *  7. jobs of each feature
 *  8. HTTP: the first request finds everything above at work
 *
 * Order of stop, the reverse but for the clocks:
 *  1. requests that wait are answered, 2. HTTP: no new requests, those under way finish
 *  3. clocks: they read the database and the broker, which close below; their last readings hold until the end
 *  4. jobs: they still write and append events
 *  5. sessions and messaging: the consumer finishes its batch, the relay stops, the broker disconnects
 *  6. token verifier, 7. database: everything above uses it
 *
 * Every step of stop is harmless without its step of start, so that a start that failed is stopped in the same way.
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
      if (config.isProduction) await requireDurability(db, broker);
      for (const feature of features) await feature.prepare?.();
      await tokens.verifier.start();
      messaging.start();
      await tokens.sessions.start();
      for (const job of jobsOf(parts)) await job.start?.();
      http = await startHttpServer(app, { ...config, portSetting: `${name.toUpperCase()}_PORT` });
      logger.info('listening', { port: http.port });
    },
    async stop() {
      for (const feature of parts.features) feature.releaseRequests?.();
      await http?.stop();
      parts.clocks.stop();
      await Promise.all(jobsOf(parts).map(async (job) => job.stop()));
      await Promise.all([tokens.sessions.stop(), parts.messaging.stop()]);
      await tokens.verifier.stop();
      await parts.db.destroy();
    },
  };
}

/** Those of the features, in list order, and those that every service has. */
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

function createServiceApp(parts: ServiceParts, { guard, verifier, sessions }: TokenWatch, endpoints: readonly Endpoint[]) {
  const { name, config, db, clocks, messaging, logger, metrics } = parts;
  return createApp({
    title: `Florin ${name}`,
    endpoints,
    guard,
    limits: config.limits,
    cursorKey: config.cursorKey,
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
