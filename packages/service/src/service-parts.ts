import { createTransact, type OnStatement, openDatabase, type PoolWatch, setOnNoteFailed } from '@florin/database';
import { kafkaBroker } from '@florin/kafka';
import { type Broker, createMessaging, type Messaging, watchServiceClocks } from '@florin/messaging';
import {
  armFailpoint,
  type ClockWatch,
  componentLogger,
  createLogger,
  createMetrics,
  failProcess,
  faultOf,
  type Logger,
  logFormatFor,
  type Metrics,
  traceStatement,
} from '@florin/runtime';
import type { Knex } from 'knex';
import type { Feature } from './feature.ts';
import { joinSubscriptions } from './join-subscriptions.ts';
import { pauseConsumerBySwitches } from './pause-consumer.ts';
import { createPoolMetrics, type PoolMetrics } from './pool-metrics.ts';
import type { ServiceConfig, ServiceOptions } from './service-definition.ts';
import { type ServiceTracing, traceService } from './trace-service.ts';
import { type Switches, watchSwitches } from './watch-switches.ts';

export type ServiceParts = OpenParts & { features: readonly Feature[]; messaging: Messaging };

type OpenParts = {
  name: string;
  config: ServiceConfig;
  logger: Logger;
  metrics: Metrics;
  tracing: ServiceTracing;
  db: Knex;
  mainPool: PoolWatch;
  /** The pools that features opened. */
  pools: Knex[];
  poolMetrics: PoolMetrics;
  broker: Broker;
  clocks: ClockWatch;
  switches: Switches;
};

/** Creates the parts of a service and, from them, its features. */
export function assembleParts<Config extends ServiceConfig>(options: ServiceOptions<Config>): ServiceParts {
  const { config } = options;
  const open = openParts(options);
  // Features append events through messaging, and messaging consumes events for the features, so the outbox is looked up on use.
  let messaging: Messaging | undefined;
  const current = (): Messaging => {
    if (messaging === undefined) throw new Error('A feature has used the outbox while the service is being built.');
    return messaging;
  };
  const outbox = {
    applyBackpressure: () => current().applyBackpressure(),
    committed: (trx: Knex.Transaction) => current().committed(trx),
  };
  const { db, logger, metrics, clocks, switches } = open;
  const transact = createTransact(db, outbox);
  const features = options.features({
    config,
    db,
    logger: componentLogger(logger, 'features'),
    metrics,
    tracer: open.tracing.tracer,
    clocks,
    switches,
    transact,
    assertTimely: () => current().assertTimely(),
    copies: {
      areStale: () => current().copies.areStale(),
      areHeldBack: () => current().copies.areHeldBack(),
      findParkedKeys: (from, keys) => current().copies.findParkedKeys(from, keys),
    },
    openPool(name, pool) {
      const opened = openDatabase({ url: config.databaseUrl, ...observing(open.tracing), ...pool });
      open.pools.push(opened);
      open.poolMetrics.watch(name, opened);
      return opened;
    },
  });
  metrics.register(...features.flatMap((feature) => feature.metrics ?? []));
  messaging = createServiceMessaging(open, features);
  pauseConsumerBySwitches(switches, { subscriptions: messaging.handling.subscriptions, pause: messaging.pause });
  return { ...open, features, messaging };
}

function openParts({ name, config, overrides = {} }: Omit<ServiceOptions<ServiceConfig>, 'features'>): OpenParts {
  const logger = overrides.logger ?? createServiceLogger(name, config);
  const metrics = createMetrics(name);
  const tracing = traceService({ name, config, logger, metrics });
  const db = openDatabase({ url: config.databaseUrl, poolMax: config.databasePoolMax, ...observing(tracing) });
  setOnNoteFailed(db, (error) => logger.error('a note after a commit failed', faultOf(error)));
  const ofKafka = componentLogger(logger, 'kafka');
  const broker = overrides.broker ?? kafkaBroker({ ...config.kafka, clientId: `florin-${name}`, logger: ofKafka });
  const poolMetrics = createPoolMetrics(metrics);
  const mainPool = poolMetrics.watch('main', db);
  const clocks = watchServiceClocks({ db, broker, logger, metrics, maxDifferenceMs: config.clockMaxDifferenceMs });
  const switches = watchSwitches({ db, logger, metrics });
  return { name, config, logger, metrics, tracing, db, mainPool, pools: [], poolMetrics, broker, clocks, switches };
}

/** The logger of a process, in a form for people if they read it in a terminal. */
export function createServiceLogger(service: string, { logLevel, isProduction }: ServiceConfig): Logger {
  return createLogger({ service, level: logLevel, format: logFormatFor(process.stdout, { isProduction }) });
}

/** Without a collector, statements are not observed at all. */
function observing({ tracer }: ServiceTracing): { onStatement?: OnStatement } {
  return tracer === undefined ? {} : { onStatement: traceStatement };
}

function createServiceMessaging({ name, config, ...parts }: OpenParts, features: readonly Feature[]): Messaging {
  const { kafka } = config;
  const listeners = features.flatMap(({ onCommitted }) => onCommitted ?? []);
  return createMessaging({
    ...parts,
    logger: componentLogger(parts.logger, 'messaging'),
    tracer: parts.tracing.tracer,
    databaseUrl: config.databaseUrl,
    service: name,
    subscriptions: joinSubscriptions(features.flatMap(({ subscriptions = [] }) => subscriptions)),
    signatures: config.eventSignatures,
    relay: {
      pollMs: kafka.outboxPollMs,
      batchSize: kafka.outboxBatchSize,
      batchBytes: kafka.outboxBatchBytes,
      lingerMs: kafka.outboxLingerMs,
    },
    eventMaxBytes: kafka.eventMaxBytes,
    backlog: kafka.backlog,
    consumerBatchSize: kafka.consumerBatchSize,
    maxDeadLetters: kafka.maxDeadLetters,
    reachFailpoint: armFailpoint(config.crashAt),
    onCommitted: (events) => {
      for (const listener of listeners) listener(events);
    },
    onFatal: failProcess,
  });
}
