import { createGuard, createTokenVerifier } from '@florin/auth-middleware';
import { auditLogRoutes, createApp, type Endpoint, type HttpServer, startHttpServer } from '@florin/http';
import { kafkajsBroker } from '@florin/kafka';
import {
  type Broker,
  createMessaging,
  deadLetterRoutes,
  followSessions,
  parkedEventRoutes,
  requireDurability,
  watchServiceClocks,
} from '@florin/messaging';
import {
  armFailpoint,
  createLogger,
  createMetrics,
  createPeriodicJob,
  createTransact,
  failProcess,
  type Logger,
  openDatabase,
  type Service,
} from '@florin/runtime';
import { adjustmentRoutes } from './adjustments/routes.ts';
import type { Config } from './config.ts';
import { expireHolds } from './holds/expire-holds.ts';
import { holdRoutes } from './holds/routes.ts';
import { invariants } from './invariants.ts';
import { readBookedAheadS } from './ledger/read-booked-ahead.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { takeSnapshot } from './ledger/take-snapshot.ts';
import { paymentRoutes } from './payments/routes.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { topUpRoutes } from './top-ups/routes.ts';
import { runTopUps } from './top-ups/run-top-ups.ts';
import { openSandboxProvider } from './top-ups/sandbox-provider.ts';
import type { OpenTopUpProvider } from './top-ups/top-up-provider.ts';
import { walletAdminRoutes } from './wallets/admin-routes.ts';
import { walletRoutes } from './wallets/routes.ts';
import { statementRoutes } from './wallets/statement-routes.ts';

type Overrides = { logger?: Logger; broker?: Broker; openTopUpProvider?: OpenTopUpProvider };

/** In one transaction. */
const HOLDS_AT_ONCE = 100;

export type PaymentService = Service & { port(): number; endpoints: readonly Endpoint[]; logger: Logger };

/** Joins the parts of the payment service. Nothing connects before `start`. */
export function createService(config: Config, overrides: Overrides = {}): PaymentService {
  const { currency, kafka } = config;
  const logger = overrides.logger ?? createLogger({ service: 'payment', level: config.logLevel });
  const db = openDatabase({ url: config.databaseUrl, poolMax: config.databasePoolMax });
  const metrics = createMetrics('payment');
  const broker = overrides.broker ?? kafkajsBroker({ ...kafka, clientId: 'florin-payment', logger });
  const clocks = watchServiceClocks({ db, broker, logger, metrics, maxDifferenceMs: config.clockMaxDifferenceMs });
  const verifier = createTokenVerifier({ ...config.jwt, refreshMs: config.jwt.jwksRefreshS * 1000, logger, clock: clocks });
  const messaging = createMessaging({
    db,
    databaseUrl: config.databaseUrl,
    broker,
    logger,
    service: 'payment',
    subscriptions: subscriptionsOf(config),
    relay: {
      pollMs: kafka.outboxPollMs,
      batchSize: kafka.outboxBatchSize,
      batchBytes: kafka.outboxBatchBytes,
      lingerMs: kafka.outboxLingerMs,
    },
    eventMaxBytes: kafka.eventMaxBytes,
    backlog: kafka.backlog,
    metrics,
    consumerBatchSize: kafka.consumerBatchSize,
    reachFailpoint: armFailpoint(config.crashAt),
    clocks,
    onFatal: failProcess,
  });
  const transact = createTransact(db, messaging);
  const topUps =
    config.topUpProvider === 'none'
      ? undefined
      : runTopUps({
          transact,
          logger,
          openProvider: overrides.openTopUpProvider ?? openSandboxProvider(),
          timeoutMs: config.topUpTimeoutMs,
          longestPauseS: config.topUpLongestPauseS,
          sweepEveryMs: config.walletSweepMs,
        });
  const expiry = createPeriodicJob({
    name: 'release expired holds',
    everyMs: config.walletSweepMs,
    logger,
    run: clocks.whenReliable(async () => (await transact((trx) => expireHolds(trx, { limit: HOLDS_AT_ONCE }))) === HOLDS_AT_ONCE),
  });
  const sessions = followSessions({
    broker,
    logger,
    service: 'payment',
    tokenLifeMs: config.jwt.tokenLifeMs,
    applyRevocation: verifier.applyRevocation,
  });
  const bookedAhead = metrics.gauge(
    'florin_ledger_booked_ahead_seconds',
    "How far ahead of the database's clock the newest entries are booked",
  );
  const snapshots = createPeriodicJob({
    name: 'add the accounts up',
    everyMs: config.ledgerPeriodS * 1000,
    logger,
    async run() {
      await takeSnapshot(db);
      const aheadS = await readBookedAheadS(db);
      bookedAhead.set(aheadS);
      if (aheadS > 1) logger.warn('entries are booked ahead of the clock: answers by time are not final', { aheadS });
      return false;
    },
  });
  const endpoints = [
    ...walletRoutes(db, { currency }),
    ...walletAdminRoutes(transact, { currency }),
    ...adjustmentRoutes({ db, transact }, config),
    ...holdRoutes({ db, transact }, config),
    ...topUpRoutes({ db, topUps }, config),
    ...statementRoutes(db, { currency }),
    ...paymentRoutes(db),
    ...ledgerRoutes(db, invariants),
    ...deadLetterRoutes('payment', messaging.handling),
    ...parkedEventRoutes('payment', { db, wake: messaging.wake }),
    ...auditLogRoutes('payment', db),
  ];
  const app = createApp({
    title: 'Florin payment',
    endpoints,
    guard: createGuard(verifier),
    limits: config.limits,
    cursorKey: config.cursorKey,
    logger,
    metrics,
    readiness: {
      database: async () => {
        await db.raw('SELECT 1');
        clocks.check('database');
      },
      keys: () => verifier.check(),
      sessions: sessions.check,
      ...messaging.checks,
    },
  });
  let http: HttpServer | undefined;
  return {
    endpoints,
    logger,
    port: () => http?.port ?? config.port,
    async start() {
      await clocks.start();
      await verifier.start();
      if (config.isProduction) await requireDurability(db, broker);
      messaging.start();
      await sessions.start();
      snapshots.start();
      expiry.start();
      topUps?.start();
      http = await startHttpServer(app, { ...config, portSetting: 'PAYMENT_PORT' });
      logger.info('listening', { port: http.port });
    },
    async stop() {
      await http?.stop();
      clocks.stop();
      await Promise.all([expiry.stop(), topUps?.stop(), snapshots.stop()]);
      await Promise.all([sessions.stop(), messaging.stop()]);
      await verifier.stop();
      await db.destroy();
    },
  };
}
