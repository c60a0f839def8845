import { createGuard, createTokenVerifier } from '@florin/auth-middleware';
import {
  type Broker,
  createMessaging,
  deadLetterRoutes,
  followSessions,
  kafkajsBroker,
  requireDurability,
} from '@florin/messaging';
import {
  auditLogRoutes,
  crashAt,
  createApp,
  createLogger,
  createMetrics,
  createSweeper,
  failProcess,
  type HttpServer,
  type Logger,
  openDatabase,
  type Service,
  startHttpServer,
} from '@florin/runtime';
import type { Config } from './config.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { takeSnapshot } from './ledger/take-snapshot.ts';
import { paymentRoutes } from './payments/routes.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { walletRoutes } from './wallets/routes.ts';

type Overrides = { logger?: Logger; broker?: Broker };

export type PaymentService = Service & { port(): number; logger: Logger };

/** Joins the parts of the payment service. Nothing connects before `start`. */
export function createService(config: Config, overrides: Overrides = {}): PaymentService {
  const { currency, kafka } = config;
  const logger = overrides.logger ?? createLogger({ service: 'payment', level: config.logLevel });
  const db = openDatabase({ url: config.databaseUrl, poolMax: config.databasePoolMax });
  const verifier = createTokenVerifier({ ...config.jwt, refreshMs: config.jwt.jwksRefreshS * 1000, logger });
  const broker = overrides.broker ?? kafkajsBroker({ ...kafka, clientId: 'florin-payment', logger });
  const messaging = createMessaging({
    db,
    databaseUrl: config.databaseUrl,
    broker,
    logger,
    service: 'payment',
    subscriptions: subscriptionsOf(config),
    relay: { pollMs: kafka.outboxPollMs, batchSize: kafka.outboxBatchSize, lingerMs: kafka.outboxLingerMs },
    outboxMaxRows: kafka.outboxMaxRows,
    consumerBatchSize: kafka.consumerBatchSize,
    reachCrashPoint: crashAt(config.crashAt),
    onFatal: failProcess,
  });
  const sessions = followSessions({
    broker,
    logger,
    service: 'payment',
    tokenLifeMs: config.jwt.tokenLifeMs,
    applyRevocation: verifier.applyRevocation,
  });
  const snapshots = createSweeper({
    name: 'add the accounts up',
    everyMs: config.ledgerPeriodS * 1000,
    logger,
    async sweep() {
      await takeSnapshot(db);
      return false;
    },
  });
  const app = createApp({
    title: 'Florin payment',
    endpoints: [
      ...walletRoutes(db, { currency }),
      ...paymentRoutes(db),
      ...ledgerRoutes(db),
      ...deadLetterRoutes('payment', messaging.handling),
      ...auditLogRoutes('payment', db),
    ],
    guard: createGuard(verifier),
    limits: config.limits,
    cursorKey: config.cursorKey,
    logger,
    metrics: createMetrics('payment'),
    readiness: {
      database: async () => {
        await db.raw('SELECT 1');
      },
      keys: () => verifier.check(),
      sessions: sessions.check,
      ...messaging.checks,
    },
  });
  let http: HttpServer | undefined;
  return {
    logger,
    port: () => http?.port ?? config.port,
    async start() {
      await verifier.start();
      if (config.isProduction) await requireDurability(db, broker);
      messaging.start();
      await sessions.start();
      snapshots.start();
      http = await startHttpServer(app, { ...config, portSetting: 'PAYMENT_PORT' });
      logger.info('listening', { port: http.port });
    },
    async stop() {
      await http?.stop();
      await Promise.all([sessions.stop(), messaging.stop(), snapshots.stop()]);
      await verifier.stop();
      await db.destroy();
    },
  };
}
